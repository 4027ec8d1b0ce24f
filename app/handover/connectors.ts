import type ServiceVersion from '#app/catalog/service_version'
import { SlotConnector, type Connector } from '#app/handover/connector'

/** The connectors of this installation, by name. Bound in the provider. */
export class Connectors {
  readonly #byName: Map<string, Connector>

  constructor(connectors: Connector[]) {
    this.#byName = new Map(connectors.map((connector) => [connector.name, connector]))
  }

  /** @throws when a service names a connector that isn't there */
  named(name: string): Connector {
    const found = this.#byName.get(name)
    if (!found) throw new Error(`There is no connector "${name}"`)
    return found
  }

  /** The connector of a service whose times can be offered. @throws when it has none */
  slotsOf(version: ServiceVersion): SlotConnector {
    const connector = this.named(version.description.handover.connector)
    if (!(connector instanceof SlotConnector))
      throw new Error(`Connector "${connector.name}" has no times to offer`)
    return connector
  }
}
