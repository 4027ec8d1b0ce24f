import vine, { errors } from '@vinejs/vine'
import type Calendar from '#app/bookings/calendar'
import { rulesFrom, typedFrom } from '#app/bookings/calendars/calendar_form'
import { MAX_SINGLE_DAYS } from '#app/bookings/calendars/single_days'
import type { StopFacts } from '#app/bookings/stops/keep_stops'
import { KitRefused } from '#app/catalog/kit_refused'
import type { ReadFile } from '#app/catalog/service_files'
import { COLUMN_FORMATS, type LayoutColumn } from '#app/clients/export_layout'

/**
 * Things that travel in a kit beside the definition of its service, because they live on and aren't frozen with a version:
 * the calendars that it books in, their stops, the layouts in which a client takes its values.
 */
export interface Companions {
  stops: StopFacts[]
  calendars: Pick<Calendar, 'slug' | 'kind' | 'name' | 'rules'>[]
  layouts: { name: string; encoding: 'cp932' | 'utf8'; columns: LayoutColumn[] }[]
}

export const NO_COMPANIONS: Companions = { stops: [], calendars: [], layouts: [] }

export const COMPANIONS_FILE = 'companions.json'

const text = () => vine.object({ ja: vine.string().maxLength(80), en: vine.string().maxLength(80) })
const hoursOfDay = vine.object({
  from: vine.string(),
  to: vine.string(),
  capacity: vine.number().withoutDecimals().optional(),
})

const companionsValidator = vine.create({
  stops: vine
    .array(
      vine.object({
        number: vine.number().withoutDecimals().range([1, 9999]),
        name: vine.string().minLength(1).maxLength(60),
        kana: vine.string().minLength(1).maxLength(60),
      })
    )
    .maxLength(2000)
    .optional(),
  calendars: vine
    .array(
      vine.object({
        slug: vine.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
        kind: vine.enum(['places', 'rides', 'hours'] as const),
        name: text(),
        rules: vine
          .object({
            weekdays: vine.array(vine.number().range([1, 7])),
            from: vine.string(),
            to: vine.string(),
            closures: vine.array(vine.string()),
            days: vine.record(hoursOfDay).maxLength(MAX_SINGLE_DAYS).optional(),
          })
          .allowUnknownProperties(),
      })
    )
    .maxLength(100)
    .optional(),
  layouts: vine
    .array(
      vine.object({
        name: vine.string().minLength(1).maxLength(80),
        encoding: vine.enum(['cp932', 'utf8'] as const),
        columns: vine
          .array(
            vine.object({
              header: vine.string().minLength(1),
              source: vine.string(),
              format: vine.enum(COLUMN_FORMATS),
              text: vine.string().optional(),
            })
          )
          .maxLength(300),
      })
    )
    .maxLength(20)
    .optional(),
})

/** Reads what a kit brings beside its service; nothing where it brings none. @throws {KitRefused} */
export async function companionsOfKit(read: ReadFile): Promise<Companions> {
  const content = await read(COMPANIONS_FILE).catch(() => null)
  if (content === null) return NO_COMPANIONS
  try {
    const brought = await companionsValidator.validate(JSON.parse(content.toString('utf8')))
    const stops = brought.stops ?? []
    const numbers = stops.map(({ number }) => number)
    const calendars = (brought.calendars ?? []).map(({ slug, kind, name, rules }) =>
      soundCalendar({ slug, kind, name, rules: rules as unknown as Calendar['rules'] }, numbers)
    )
    return { stops, calendars, layouts: brought.layouts ?? [] }
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new KitRefused('not_json', COMPANIONS_FILE, 'this is not JSON')
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    const [fault]: { field: string; message: string }[] = error.messages
    throw new KitRefused('not_a_service', `${COMPANIONS_FILE} ${fault.field}`, fault.message)
  }
}

/** Calendars of a kit are held to what the screen holds them to. */
function soundCalendar(
  calendar: Companions['calendars'][number],
  stops: number[]
): Companions['calendars'][number] {
  const { rules, problems } = rulesFrom(calendar.kind, typedFrom(calendar), stops)
  const [field] = Object.keys(problems)
  if (field)
    throw new KitRefused(
      'not_a_service',
      `${COMPANIONS_FILE} ${calendar.slug} ${field}`,
      'this calendar can’t be made'
    )
  return { ...calendar, rules }
}
