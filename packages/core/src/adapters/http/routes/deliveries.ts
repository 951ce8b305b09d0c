import { Type } from 'typebox';
import { deliveryEvents, deliveryStatuses, type Delivery } from '../../../domain/delivery/delivery.js';
import { deliveryNotFound } from '../../../services/deliveries/delivery-errors.js';
import type { HttpDependencies } from '../http-dependencies.js';
import { defineRoute } from '../routing/route.js';
import { DeliveryDetailSchema, DeliverySchema, ReplaySchema } from '../schemas/delivery.js';
import { limit, oneOf, page } from '../schemas/field-types.js';
import { deliveryDetailView, deliveryView } from '../views/delivery-view.js';

const deliveryId = Type.Object({ id: Type.String({ maxLength: 100, description: 'Id of the delivery.' }) });
const name = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 100, description }));

const listDeliveries = defineRoute({
  method: 'GET',
  path: '/api/v1/deliveries',
  operationId: 'listDeliveries',
  tag: 'deliveries',
  summary: 'Received webhooks, newest first',
  auth: 'required',
  query: Type.Object(
    {
      limit,
      cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next_cursor` of the page before.' })),
      forge: name('Name of the entry of `forges`.'),
      status: Type.Optional(oneOf(deliveryStatuses)),
      event: Type.Optional(oneOf(deliveryEvents, 'What they turned out to be.')),
      matched: Type.Optional(Type.Boolean({ description: 'Whether any pipeline builds their repository.' })),
      pipeline: name('Id of a pipeline that they have a verdict for.'),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(DeliverySchema) } },
  handle: async ({ ctx, deps, query }) => {
    const { items, nextCursor } = await deps.deliveries.list(
      {
        ...(query.forge !== undefined && { forge: query.forge }),
        ...(query.status !== undefined && { status: query.status }),
        ...(query.event !== undefined && { event: query.event }),
        ...(query.matched !== undefined && { matched: query.matched }),
        ...(query.pipeline !== undefined && { pipelineId: query.pipeline }),
      },
      { limit: query.limit ?? 50, ...(query.cursor !== undefined && { cursor: query.cursor }) },
    );
    const counts = await deps.deliveries.countVerdicts(items.map(({ id }) => id));
    ctx.body = { items: items.map((item) => deliveryView(item, counts.get(item.id)!)), next_cursor: nextCursor };
  },
});

const getDelivery = defineRoute({
  method: 'GET',
  path: '/api/v1/deliveries/:id',
  operationId: 'getDelivery',
  tag: 'deliveries',
  summary: 'One delivery with its headers and its verdict for each pipeline',
  auth: 'required',
  params: deliveryId,
  responses: { 200: { description: 'The delivery.', schema: DeliveryDetailSchema } },
  handle: async ({ ctx, deps, params: { id } }) => {
    const { delivery, payload } = await existing(deps, id);
    ctx.body = deliveryDetailView(delivery, payload, await deps.deliveries.listVerdicts(id));
  },
});

const getBody = defineRoute({
  method: 'GET',
  path: '/api/v1/deliveries/:id/body',
  operationId: 'getDeliveryBody',
  tag: 'deliveries',
  summary: 'The body of a delivery, byte by byte as it came',
  auth: 'required',
  params: deliveryId,
  responses: { 200: { description: 'The body.', type: 'application/octet-stream' } },
  handle: async ({ ctx, deps, params: { id } }) => {
    const { payload } = await existing(deps, id);
    // written by a stranger: a browser must neither show it nor guess what it is
    ctx.set('content-disposition', 'attachment; filename="delivery-body"');
    ctx.type = 'application/octet-stream';
    ctx.body = Buffer.from(payload.body);
  },
});

const replayDelivery = defineRoute({
  method: 'POST',
  path: '/api/v1/deliveries/:id/replay',
  operationId: 'replayDelivery',
  tag: 'deliveries',
  summary: 'Work on a delivery once more',
  description: 'Makes a new delivery of the same headers and body. It is verified again.',
  auth: 'required',
  params: deliveryId,
  responses: { 201: { description: 'The new delivery.', schema: ReplaySchema } },
  handle: async ({ ctx, deps, params: { id } }) => {
    ctx.status = 201;
    ctx.body = { id: await deps.replayDelivery(id), replay_of: id };
  },
});

async function existing(deps: HttpDependencies, id: string) {
  const delivery: Delivery | undefined = await deps.deliveries.findById(id);
  const payload = await deps.deliveries.findPayload(id);
  if (delivery === undefined || payload === undefined) throw deliveryNotFound(id);
  return { delivery, payload };
}

export const deliveryRoutes = [listDeliveries, getDelivery, getBody, replayDelivery];
