import { column } from '@adonisjs/lucid/orm'
import type { KEYINGS } from '#app/catalog/description'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ServicePlanSchema } from '#database/schema'

export type Keying = (typeof KEYINGS)[number]

/** Whether a service's work goes first, in its turn, or last. */
export const SERVICE_PRIORITIES = [1, 0, -1] as const
export type ServicePriority = (typeof SERVICE_PRIORITIES)[number]

/** The way in which work of a service is done for now. */
export interface PlannedService {
  priority: ServicePriority
  /** by group; as its version says where nothing is said */
  keying: Record<string, Keying>
}

export const AS_PUBLISHED: PlannedService = { priority: 0, keying: {} }

/** A leader's word on how the work of a service (of this id) is done, until somebody says otherwise. */
export default class ServicePlan extends ServicePlanSchema {
  declare priority: ServicePriority
  @column({ prepare: (keying: PlannedService['keying']) => JSON.stringify(keying) })
  declare keying: PlannedService['keying']
  @column({ prepare: (before: PlannedService | null) => before && JSON.stringify(before) })
  declare before: PlannedService | null
}

/** Finds the plan of a service; null where nobody has ever said anything. */
export function planOf(
  serviceId: string,
  trx?: TransactionClientContract
): Promise<ServicePlan | null> {
  return ServicePlan.query({ client: trx }).where('id', serviceId).first()
}
