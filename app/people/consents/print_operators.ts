import db from '@adonisjs/lucid/services/db'
import Organization from '#app/people/organization'
import type { Site } from '#app/people/user'
import { csvLines, csvStart } from '#app/core/csv_file'
import { eraAndYear } from '#app/core/japanese_calendar'
import { typeset } from '#app/core/typesetter'

interface Row {
  name: string
  numbers: string
  sites: Site[]
  kind: string | null
  nda_until: string | null
  trained_on: string | null
  region: string | null
}

/** The people who may work for a client on a day, as the cells of a list: number, name, consents, sites, terms, promises. */
async function operatorsOf(client: Organization, day: string): Promise<string[][]> {
  const { rows } = await db.rawQuery<{ rows: Row[] }>(
    `select u.display_name as name, string_agg(distinct c.number, '、') as numbers,
       array_agg(distinct s) as sites, g.kind, g.nda_until, g.trained_on, g.region
     from consents c
     join consent_people p on p.consent_id = c.id
     join users u on u.id = p.user_id
     cross join lateral unnest(c.sites) s
     left join engagements g on g.user_id = u.id
     where c.client_id = :client and c.given_on <= :day and (c.until is null or c.until >= :day)
       and (c.ended_at is null or c.ended_at >= (cast(:day as timestamp) + interval '1 day') at time zone 'Asia/Tokyo')
       and (u.left_at is null or u.left_at >= cast(:day as timestamp) at time zone 'Asia/Tokyo')
     group by u.id, g.user_id order by u.display_name, u.id`,
    { client: client.id, day }
  )
  const date = (one: string | null) => (one ? eraAndYear(one) : '—')
  return rows.map((row, index) => [
    String(index + 1),
    row.name,
    row.numbers,
    row.sites.map((site) => SITES[site]).join('・'),
    row.kind ? KINDS[row.kind] : '—',
    date(row.nda_until),
    date(row.trained_on),
  ])
}

/** Typesets the list of the people who may work for a client on a day (`YYYY-MM-DD`), as its consents name them. */
export async function printOperators(client: Organization, day: string): Promise<Buffer> {
  const center = await Organization.findByOrFail('kind', 'center')
  const { pdf } = await typeset(
    'operators.typ',
    {
      client: client.name,
      center: center.name,
      day: eraAndYear(day),
      rows: await operatorsOf(client, day),
    },
    { accessible: true }
  )
  return pdf
}

/** Headings of the list as it is printed. */
const HEADINGS = [
  '番号',
  '氏名',
  '承諾の文書番号',
  '場所',
  '契約',
  '秘密保持の期限',
  '研修を終えた日',
]

/** The same list as a table, for the client's own. */
export async function operatorsTable(client: Organization, day: string): Promise<Buffer> {
  const { bytes } = csvLines([HEADINGS, ...(await operatorsOf(client, day))], 'utf8')
  return Buffer.concat([csvStart('utf8'), bytes])
}

const SITES: Record<Site, string> = { center: 'センター', home: '自宅' }
const KINDS: Record<string, string> = {
  entrusted: '準委任',
  contracted: '業務委託',
  employed: '雇用',
}
