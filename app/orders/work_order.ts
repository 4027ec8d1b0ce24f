import { WorkOrderSchema } from '#database/schema'

/** What a client commissions: scans to be turned into data, until a day. */
export default class WorkOrder extends WorkOrderSchema {
  declare direction: 'to_digital' | 'to_paper'
  declare state: 'open' | 'closed'
}
