import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { RegisteredPerson } from '#app/registry/registered_person'
import { stopKindOf } from '#app/registry/stop_kinds'
import { searchToken, termsOf, TOKENS_VERSION } from '#app/submissions/search_tokens'

/** Writes anew by what people of a register are found, and whether anything may be sent to them. */
export async function writeRegisterTokens(
  trx: TransactionClientContract,
  people: { id: string; person: RegisteredPerson }[]
): Promise<void> {
  if (people.length === 0) return
  const ids = people.map((one) => one.id)
  await trx.from('register_tokens').whereIn('person_id', ids).delete()
  const rows = people.flatMap(({ id, person }) =>
    termsOf(person).map((term) => ({ person_id: id, kind: term.kind, token: searchToken(term) }))
  )
  if (rows.length > 0) await trx.table('register_tokens').multiInsert(rows)
  await trx.rawQuery(
    `update register_people p set tokens_version = :version, stop_kind = nullif(v.kind, ''), stop_until = nullif(v.until, '')::date
     from (select unnest(cast(:ids as uuid[])) as id, unnest(cast(:kinds as text[])) as kind, unnest(cast(:untils as text[])) as until) v
     where v.id = p.id`,
    {
      version: TOKENS_VERSION,
      ids,
      kinds: people.map(({ person }) => stopKindOf(person.stopped) ?? ''),
      untils: people.map(({ person }) => person.stoppedUntil),
    }
  )
}
