import { Type } from 'typebox';
import { tooManyBodies } from '../errors/http-errors.js';
import { readBody } from '../middleware/read-body.js';
import { defineRoute } from '../routing/route.js';
import { StoredDeliverySchema } from '../schemas/delivery.js';
import { webhookHeaders } from '../webhook-headers.js';

const bodyLimitBytes = 25 * 1024 * 1024;

function webhookRoute(path: string, operationId: string, summary: string) {
  return defineRoute({
    method: 'POST',
    path,
    operationId,
    tag: 'deliveries',
    summary,
    description:
      'For forges. The delivery is stored, then answered, then worked on: whether it is genuine and what it starts is in ' +
      'its verdicts. A body has at most 25 MiB. 503 asks to send it again.',
    auth: 'none',
    rawBody: true,
    params: Type.Object({ forge: Type.String({ maxLength: 100, description: 'Name of the entry of `forges`.' }) }),
    responses: { 200: { description: 'It is stored.', schema: StoredDeliverySchema } },
    handle: async ({ ctx, deps, server, params: { forge } }) => {
      deps.webhooks.requireForge(forge);
      let taken = 0;
      try {
        const body = await readBody(ctx, bodyLimitBytes, (bytes) => {
          if (!server.webhookBytes.take(bytes)) throw tooManyBodies();
          taken += bytes;
        });
        const headers = webhookHeaders(ctx.req.rawHeaders);
        const { id, duplicate } = await deps.webhooks.execute(forge, { headers, body });
        ctx.body = { id, duplicate };
      } finally {
        server.webhookBytes.giveBack(taken);
      }
    },
  });
}

export const webhookRoutes = [
  webhookRoute('/api/v1/webhooks/:forge', 'receiveWebhook', 'Take a webhook in'),
  webhookRoute('/webhooks/:forge', 'receiveWebhookShort', 'Take a webhook in, at a shorter address'),
];
