import db from '@adonisjs/lucid/services/db'
import { TextSetting } from '#app/core/text_setting'
import { isRealDate } from '#app/core/japanese_calendar'
import type { SettingRow } from '#app/core/settings'
import type { Queries } from '#app/core/queries'

const POSTCODE = /^\d{3}-\d{4}$/
const PHONE = /^[0-9][0-9-]{8,14}[0-9]$/
const DAY = /^(\d{4}-\d{2}-\d{2})(?:\s+(.+))?$/

const line = (name: string, pattern?: RegExp) =>
  new TextSetting({
    name: `letterhead.${name}`,
    section: 'letterhead',
    field: 'line',
    problem: ([typed]) => (!pattern || pattern.test(typed) ? null : `not_a_${name}`),
  })

/** The city and the office that letters come from, where to answer, and when somebody is there. */
export const letterhead = {
  city: line('city'),
  office: line('office'),
  postcode: line('postcode', POSTCODE),
  address: line('address'),
  phone: line('phone', PHONE),
  fax: line('fax', PHONE),
  hours: line('hours'),
}

/** Days on which the center is closed though the law knows no holiday, a line each: `2027-04-01 市制記念日`. */
export const ownHolidays = new TextSetting({
  name: 'center.holidays',
  section: 'desk',
  field: 'lines',
  problem: (lines) =>
    lines.every((text) => isRealDate(DAY.exec(text)?.[1] ?? '')) ? null : 'not_days',
})

/** Reads what stands on the letterhead; '' for what nobody has said. */
export async function letterheadNow(client: Queries = db) {
  const rows: (SettingRow & { name: string })[] = await client
    .from('settings')
    .whereLike('name', 'letterhead.%')
    .select('name', 'value', 'text')
  const parts = Object.entries(letterhead).map(([part, setting]) => [
    part,
    setting.shown(rows.find(({ name }) => name === setting.name) ?? null),
  ])
  return Object.fromEntries(parts) as Record<keyof typeof letterhead, string>
}

/** Says on one line who wrote something, and how to reach them; '' where nobody has said it. */
export async function letterheadLine(client?: Queries): Promise<string> {
  const { city, office, postcode, address, phone, fax, hours } = await letterheadNow(client)
  const parts = [
    [city, office].filter(Boolean).join(' '),
    [postcode && `〒${postcode}`, address].filter(Boolean).join(' '),
    phone && `TEL ${phone}`,
    fax && `FAX ${fax}`,
    hours,
  ]
  return parts.filter(Boolean).join('　')
}

/** Reads the days on which the center is closed (YYYY-MM-DD). */
export async function closedDays(client?: Queries): Promise<Set<string>> {
  return new Set((await ownHolidays.lines(client)).map((text) => text.slice(0, 10)))
}
