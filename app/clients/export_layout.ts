import { ExportLayoutSchema } from '#database/schema'
import type { Text } from '#app/catalog/description'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { typed } from '#app/catalog/field_values'
import type ServiceVersion from '#app/catalog/service_version'
import { isRealDate, toEra } from '#app/core/japanese_calendar'

export const COLUMN_FORMATS = [
  'plain',
  'slashes',
  'compact',
  'era_letter',
  'era_digit',
  'hyphens',
  'year',
] as const
export type ColumnFormat = (typeof COLUMN_FORMATS)[number]

/** Facts of a submission that can stand in a column beside its fields. */
export const SUBMISSION_SOURCES = [
  '@receipt',
  '@arrived_on',
  '@channel',
  '@state',
  '@order',
  '@version',
  '@envelope',
  '@original',
  '@prefecture',
  '@city',
  '@town',
  '@in_ledger',
  '@differences',
  '@faults',
  '@incomplete_on',
  '@accepted_on',
  '@resolved_on',
  '@decision',
  '@posted_on',
  '@text',
  '@blank',
] as const

export interface LayoutColumn {
  header: string
  /**
   * a field's key; a fact of the submission; `option:field:value` (1 where it is marked); `paper:key` (the kind of an
   * enclosed paper)
   */
  source: string
  format: ColumnFormat
  /** of `@text`: the same in every row */
  text?: string
}

/** Columns that only some services have: each mark by itself, and the papers that are enclosed. */
export function furtherSources(version: ServiceVersion): { source: string; label: Text }[] {
  const marks = version.fields
    .filter((field) => field.kind === 'ticks')
    .flatMap((field) =>
      (field.options ?? []).map((option) => ({
        source: `option:${field.key}:${option.value}`,
        label: option.label,
      }))
    )
  const papers = acceptanceOf(version.description.handover)?.papers ?? []
  return [...marks, ...papers.map(({ key, label }) => ({ source: `paper:${key}`, label }))]
}

/** Of columns as somebody has typed them, those that have a heading and name something that this service has. */
export function soundColumns(
  version: ServiceVersion,
  columns: { [Key in keyof LayoutColumn]?: LayoutColumn[Key] | null }[]
): LayoutColumn[] {
  const known: string[] = [
    ...SUBMISSION_SOURCES,
    ...version.fields.map((field) => field.key),
    ...furtherSources(version).map(({ source }) => source),
  ]
  return columns.flatMap(({ header, source, format, text }) =>
    header && source && known.includes(source)
      ? [{ header, source, format: format ?? 'plain', ...(text ? { text } : {}) }]
      : []
  )
}

/** The columns that a client's own system takes. Kept outside of the frozen versions; each change is a new one. */
export default class ExportLayout extends ExportLayoutSchema {
  declare encoding: 'cp932' | 'utf8'
  declare columns: LayoutColumn[]
}

const ERA_DIGITS = { M: 1, T: 2, S: 3, H: 4, R: 5 } as const

/** A value as the client's system takes it; what doesn't fit its format is left as it is. */
export function formatValue(
  version: ServiceVersion,
  { source, format }: LayoutColumn,
  value: string
): string {
  const field = version.fields.find((one) => one.key === source)
  if (isRealDate(value)) {
    const { letter, year, month, day } = toEra(value)
    const digits = [year, month, day].map((part) => String(part).padStart(2, '0')).join('')
    if (format === 'slashes') return value.replaceAll('-', '/')
    if (format === 'compact') return value.replaceAll('-', '')
    if (format === 'year') return value.slice(0, 4)
    if (format === 'era_letter') return `${letter}${digits}`
    if (format === 'era_digit') return `${ERA_DIGITS[letter]}${digits}`
    return value
  }
  if (format === 'hyphens' && /^\d{7}$/.test(value)) return `${value.slice(0, 3)}-${value.slice(3)}`
  return field && format === 'compact' ? typed(field, value) : value
}
