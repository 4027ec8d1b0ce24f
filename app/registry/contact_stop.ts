import { ContactStopSchema } from '#database/schema'
import { NOBODY, type RegisteredPerson } from '#app/registry/registered_person'
import type { StopKind } from '#app/registry/stop_kinds'
import type { Sealer } from '#app/core/sealing'

/** Nothing is sent to somebody, by a person's word and until it is ended or its day has come. */
export default class ContactStop extends ContactStopSchema {
  declare kind: StopKind

  /** Opens who it is about, as far as it is known. @throws {SealBroken} */
  open(sealer: Sealer): RegisteredPerson {
    return {
      ...NOBODY,
      ...sealer.openJson<Partial<RegisteredPerson>>(stopSealContext(this.id), this.person),
    }
  }
}

/** Names what the person of a stop is bound to. */
export const stopSealContext = (id: string) => `contact_stops.person:${id}`
