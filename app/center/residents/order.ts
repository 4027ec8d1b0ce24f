import type User from '#app/people/user'
import Disclosure from '#app/center/residents/disclosure'
import type { FoundResident, RecordName, Sought } from '#app/center/residents/find_resident'
import { openDisposal } from '#app/center/retention/propose'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** An order of the city about a resident: everything that was chosen is erased 利用停止・消去, or disclosed 開示. */
export interface Order {
  kind: 'erase' | 'disclose'
  /** the city's document: number, day */
  ground: string
  records: RecordName[]
}

/** Takes those of the chosen records that were found; whatever else somebody sends is nobody's. */
export function chosenOf(found: FoundResident, chosen: string[]): RecordName[] {
  const all = [
    ...found.requests.map(({ id }) => ({ record: 'submission', id })),
    ...found.records.map(({ record, id }) => ({ record, id })),
  ]
  return all.filter(({ record, id }) => chosen.includes(`${record}:${id}`))
}

/** Puts an order down; it waits for the consent of somebody else. @returns where it is seen */
export async function openOrder(
  user: User,
  { clientId, submission }: Pick<Sought, 'clientId' | 'submission'>,
  { kind, ground, records }: Order
): Promise<string> {
  return transition(async (t) => {
    if (kind === 'erase') {
      const given = { clientId, cause: 'order' as const, ground, askedBy: user.id }
      const due = records.map((one) => ({ ...one, extent: 'all' as const }))
      return `/disposals/${await openDisposal(t, given, due, user.id)}`
    }
    const { id } = await Disclosure.create(
      // A list in a column of JSON is written as text, not as an array of the database.
      {
        id: newId(),
        clientId,
        submissionId: submission?.id ?? null,
        ground,
        askedBy: user.id,
        records: JSON.stringify(records),
      },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'disclosure.proposed',
      subject: { type: 'disclosure', id },
      clientId,
      actorId: user.id,
      detail: { to: 'proposed', records: records.length },
    })
    return `/disclosures/${id}`
  })
}
