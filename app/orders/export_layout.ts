import { ExportLayoutSchema } from '#database/schema'
import { typed } from '#app/catalog/kinds'
import type ServiceVersion from '#app/catalog/service_version'
import { isRealDate, toEra } from '#app/shared/japanese_calendar'

export const COLUMN_FORMATS = [
  'plain',
  'slashes',
  'compact',
  'era_letter',
  'era_digit',
  'hyphens',
] as const
export type ColumnFormat = (typeof COLUMN_FORMATS)[number]

/** Facts of a submission that can stand in a column beside its fields. */
export const SUBMISSION_SOURCES = [
  '@receipt',
  '@arrived_on',
  '@channel',
  '@state',
  '@order',
  '@blank',
] as const

export interface LayoutColumn {
  header: string
  /** a field's key, or a fact of the submission */
  source: string
  format: ColumnFormat
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
    if (format === 'era_letter') return `${letter}${digits}`
    if (format === 'era_digit') return `${ERA_DIGITS[letter]}${digits}`
    return value
  }
  if (format === 'hyphens' && /^\d{7}$/.test(value)) return `${value.slice(0, 3)}-${value.slice(3)}`
  return field && format === 'compact' ? typed(field, value) : value
}
