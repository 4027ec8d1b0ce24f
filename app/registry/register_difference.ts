import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { contactsOf } from '#app/registry/contact'
import { stopKindOf } from '#app/registry/stop_kinds'
import type RegisterImport from '#app/registry/register_import'
import { changeSealContext } from '#app/registry/register_import'
import RegisterPerson, {
  NOBODY,
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/registry/registered_person'
import { eraDate, isRealDate } from '#app/core/japanese_calendar'
import { PAGE_SIZE } from '#app/core/paging'
import { openLivingSealers } from '#app/core/sealing'

const KINDS = ['added', 'changed', 'died', 'moved', 'missing', 'faulty'] as const
type Kind = (typeof KINDS)[number]

interface Row {
  id: string
  row_number: number | null
  kind: Kind
  person_id: string | null
  values: Buffer
  problem: string | null
}

/** More people missing than this share of the register: it is probably not the whole file. */
const MANY_MISSING = 0.2

/** Lists what taking a file would change, page by page: who is new, what becomes what, who is gone, what is faulty. */
export async function registerDifference(
  user: User,
  found: RegisterImport,
  wanted: string | null,
  page: number,
  locale: 'ja' | 'en'
) {
  const counts = found.detail.counts ?? {}
  const kinds = KINDS.filter((kind) => (counts[kind] ?? 0) > 0)
  const kind = kinds.find((one) => one === wanted) ?? kinds[0] ?? null
  const list = await db
    .from('register_changes')
    .where('import_id', found.id)
    .where('kind', kind ?? '')
    .orderBy('row_number')
    .orderBy('id')
    .paginate(page, PAGE_SIZE)
  const rows: Row[] = list.all()
  const before = await peopleBefore(rows)
  const sealer = (await openLivingSealers([found.dataKeyId])).get(found.dataKeyId)
  const opened = new Map(
    rows.flatMap((row) =>
      sealer
        ? [
            [
              row.id,
              {
                ...NOBODY,
                ...sealer.openJson<Partial<RegisteredPerson>>(
                  changeSealContext(row.id),
                  row.values
                ),
              },
            ] as const,
          ]
        : []
    )
  )
  const contacts = await contactsOf(
    [...opened].map(([id, facts]) => ({ submissionId: id, clientId: found.clientId, facts }))
  )
  const { count } = await db
    .from('register_people')
    .where({ service_id: found.serviceId, state: 'eligible' })
    .count('* as count')
    .firstOrFail()
  return {
    kind,
    kinds: kinds.map((one) => ({ kind: one, count: counts[one] })),
    same: counts.same ?? 0,
    unknown: counts.unknown ?? 0,
    /** rows of the file while it is compared, changes while it is taken */
    total:
      found.state === 'taking'
        ? KINDS.reduce((sum, one) => sum + (one === 'faulty' ? 0 : (counts[one] ?? 0)), 0)
        : (found.rows ?? 0),
    list,
    changes: rows.flatMap((row) => {
      const person = opened.get(row.id)
      if (!person) return []
      const isHidden =
        !user.seesProtected &&
        (contacts.get(row.id)?.isProtected || stopKindOf(person.stopped) === 'protection')
      const known = row.person_id ? before.get(row.person_id) : undefined
      return [
        {
          row: row.row_number,
          name: person.name,
          kana: person.kana,
          birthDate: shown(person.birthDate, locale),
          problems: row.problem ? row.problem.split('\n').map(splitProblem) : [],
          isHidden,
          differences:
            row.kind === 'changed' && known && !isHidden
              ? differencesOf(known, person, locale)
              : [],
        },
      ]
    }),
    manyMissing: (counts.missing ?? 0) > Math.max(Number(count) * MANY_MISSING, 3),
  }
}

async function peopleBefore(rows: Row[]): Promise<Map<string, RegisteredPerson>> {
  const people = await RegisterPerson.query().whereIn(
    'id',
    rows.flatMap((row) => row.person_id ?? [])
  )
  const sealers = await openLivingSealers(people.map((person) => person.dataKeyId))
  return new Map(
    people.flatMap((person) => {
      const sealer = sealers.get(person.dataKeyId)
      return sealer ? [[person.id, person.open(sealer)] as const] : []
    })
  )
}

function differencesOf(before: RegisteredPerson, after: RegisteredPerson, locale: 'ja' | 'en') {
  return REGISTER_FIELDS.filter((key) => before[key] !== after[key]).map((key) => ({
    heading: REGISTER_COLUMNS[key].headings[0],
    before: shown(before[key], locale),
    after: shown(after[key], locale),
  }))
}

function shown(value: string, locale: 'ja' | 'en'): string {
  return isRealDate(value) && locale === 'ja' ? eraDate(value) : value
}

function splitProblem(problem: string): { column: string; problem: string } {
  const [column, key] = problem.split(':')
  return { column, problem: key }
}
