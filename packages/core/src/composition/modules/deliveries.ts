import type { DependencyContainer } from 'tsyringe';
import { AcceptDelivery } from '../../services/deliveries/accept-delivery.js';
import { DecideDelivery } from '../../services/deliveries/decide-delivery.js';
import { DeliveryBacklog } from '../../services/deliveries/delivery-backlog.js';
import { DeliveryHeaders } from '../../services/deliveries/delivery-headers.js';
import { DeliveryIntake } from '../../services/deliveries/delivery-intake.js';
import { FindMissedPushes } from '../../services/deliveries/find-missed-pushes.js';
import { ProcessDeliveries } from '../../services/deliveries/process-deliveries.js';
import { ReadDelivery } from '../../services/deliveries/read-delivery.js';
import { ReplayDelivery } from '../../services/deliveries/replay-delivery.js';
import { SettleDelivery } from '../../services/deliveries/settle-delivery.js';
import { SweepDeliveries } from '../../services/deliveries/sweep-deliveries.js';
import { WorkOffDelivery } from '../../services/deliveries/work-off-delivery.js';
import { Tokens } from '../../services/tokens.js';
import { registerClass } from './register.js';

export function registerDeliveries(container: DependencyContainer): void {
  registerClass(container, Tokens.AcceptDelivery, AcceptDelivery);
  registerClass(container, Tokens.DecideDelivery, DecideDelivery);
  registerClass(container, Tokens.DeliveryBacklog, DeliveryBacklog);
  registerClass(container, Tokens.DeliveryHeaders, DeliveryHeaders);
  registerClass(container, Tokens.DeliveryIntake, DeliveryIntake);
  registerClass(container, Tokens.FindMissedPushes, FindMissedPushes);
  registerClass(container, Tokens.ProcessDeliveries, ProcessDeliveries);
  registerClass(container, Tokens.ReadDelivery, ReadDelivery);
  registerClass(container, Tokens.ReplayDelivery, ReplayDelivery);
  registerClass(container, Tokens.SettleDelivery, SettleDelivery);
  registerClass(container, Tokens.SweepDeliveries, SweepDeliveries);
  registerClass(container, Tokens.WorkOffDelivery, WorkOffDelivery);
}
