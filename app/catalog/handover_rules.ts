import type { SchemaTypes } from '@vinejs/vine/types'
import { Registry } from '#app/core/registry'
import type { PersonFields, ServiceFiles } from '#app/catalog/description'

/** A service's handover: to which connector, and whatever that one needs to know. */
export interface ServiceHandover {
  connector: string
  /** fields of wished times, the dearest first, where there are any */
  wishes?: string[]
}

/** The rules of a connector for a service's definition. */
export interface HandoverRules {
  /** what `connector` says */
  name: string
  /** of what else the service says of it */
  schema(): Record<string, SchemaTypes>
  /** the fields without which nothing can be handed over, but for wishes */
  fields(handover: ServiceHandover): string[]
  /** the calendars in which is booked */
  calendars(handover: ServiceHandover): string[]
  /** what must be known about people */
  facts(handover: ServiceHandover): (keyof PersonFields)[]
  /** @throws {KitRefused} where it doesn't go together with the rest */
  check(files: ServiceFiles): void
  /** whether it is settled while somebody waits, at the desk */
  assisted: boolean
}

/** Each connector registers what it asks of definitions. */
export const handoverRules = new Registry<HandoverRules>('connector')

/** Finds what the connector of a service asks of its definition. @throws where there is no such connector */
export function rulesOf(handover: ServiceHandover): HandoverRules {
  return handoverRules.get(handover.connector)
}

/** The fields of wished times, the dearest first; none where nothing is booked. */
export function wishesOf(handover: ServiceHandover): string[] {
  return handover.wishes ?? []
}

/** The fields without which nothing can be handed over. */
export function handoverFields(handover: ServiceHandover): string[] {
  return [...wishesOf(handover), ...rulesOf(handover).fields(handover)]
}
