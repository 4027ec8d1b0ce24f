import { handoverRules } from '#app/catalog/handover_rules'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import { Registry } from '#app/core/registry'
import type { Connector } from '#app/handover/connector'
import { SlotConnector } from '#app/handover/slot_connector'

/** The connectors of this installation. */
export const connectors = new Registry<Connector>('connector')

/** Adds connectors, and what they ask of services' definitions. @throws when there is one of that name already */
export function registerConnectors(...added: Connector[]): void {
  handoverRules.register(...added)
  connectors.register(...added)
}

/** The connector that a service names. @throws when there is none */
export function connectorOf({
  description,
}: {
  description: { handover: ServiceHandover }
}): Connector {
  return connectors.get(description.handover.connector)
}

/** The connector of a service whose times can be offered. @throws when it has none */
export function slotsOf(version: { description: { handover: ServiceHandover } }): SlotConnector {
  const connector = connectorOf(version)
  if (!(connector instanceof SlotConnector))
    throw new Error(`Connector "${connector.name}" has no times to offer`)
  return connector
}
