import { contactsOf } from '#app/registry/contact'
import { factsIn, peopleMeant } from '#app/registry/facts_in'
import { bareName } from '#app/replies/compose/check_row'
import { newId } from '#app/core/ids'
import type { Queries } from '#app/core/queries'
import type { TableRow } from '#app/core/tables/table'

/** The state of a row with these reasons against it. */
export function held(reasons: string[]): 'going' | 'held' {
  return reasons.length > 0 ? 'held' : 'going'
}

/**
 * Asks the registers of whom nothing may be sent to, or elsewhere than a list says. A list is written to by whoever made
 * it: nobody has asked for it, so that any stop counts, and a doubt holds its row too.
 * @returns reasons by the number of the row, where there are some
 */
export async function heldContacts(
  clientId: string,
  headings: string[],
  rows: Pick<TableRow, 'row' | 'cells' | 'values'>[],
  client?: Queries
): Promise<Map<number, string[]>> {
  const asked = rows.flatMap(({ row, cells, values }) =>
    peopleMeant(factsIn(headings, cells), bareName(values.name)).map((facts) => ({
      row,
      person: { submissionId: newId(), clientId, facts },
    }))
  )
  const contacts = await contactsOf(
    asked.map(({ person }) => person),
    client
  )
  return new Map(
    asked.flatMap(({ row, person }): [number, string[]][] => {
      const { stop, maybe, sendTo } = contacts.get(person.submissionId)!
      // Why is for nobody who reads the list: a protected person is stopped like any other.
      if (stop) return [[row, ['stopped']]]
      if (sendTo) return [[row, ['elsewhere']]]
      return maybe.length > 0 ? [[row, ['maybe_stopped']]] : []
    })
  )
}
