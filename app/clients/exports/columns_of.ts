import i18nManager from '@adonisjs/i18n/services/main'
import { newestVersion } from '#app/catalog/frozen_version'
import { typed } from '#app/catalog/field_values'
import { plainLabel } from '#app/catalog/plain_label'
import type ServiceVersion from '#app/catalog/service_version'
import ExportLayout, { formatValue } from '#app/clients/export_layout'
import type { Facts } from '#app/clients/submission_facts'
import { sourceValue } from '#app/clients/source_value'
import type ValueExport from '#app/clients/exports/value_export'
import type { StandingValue } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

/** One submission with all that a row can need. */
export interface Exportable {
  submission: Submission
  version: ServiceVersion
  standing: Map<string, StandingValue>
  facts: Facts
  orderNumber: string
}

/** A column: what stands over it and how a row's value is found. */
export interface Column {
  header: string
  value: (row: Exportable) => string
}

/** The client's own columns; without a layout all fields of the service, under their names in the reader's language. */
export async function columnsOf(wishes: ValueExport): Promise<Column[]> {
  if (wishes.layoutId) {
    const { columns } = await ExportLayout.findOrFail(wishes.layoutId)
    return columns.map((column) => ({
      header: column.header,
      value: ({ version, submission, standing, facts, orderNumber }) =>
        formatValue(
          version,
          column,
          sourceValue(column, { submission, standing, facts, orderNumber })
        ),
    }))
  }
  const t = i18nManager.locale(wishes.locale)
  const { fields } = await newestVersion(wishes.serviceId)
  return [
    { header: t.t('common.receipt'), value: ({ submission }) => submission.receipt },
    { header: t.t('submissions.arrived'), value: ({ submission }) => submission.arrivedOn },
    { header: t.t('common.state'), value: ({ submission }) => t.t(`states.${submission.state}`) },
    ...fields.map(({ key, label }) => ({
      header: plainLabel(label)[wishes.locale],
      value: ({ version, standing }: Exportable) =>
        cell(version, key, standing.get(key)?.value ?? ''),
    })),
  ]
}

/** Dates as dates, the rest as it is compared. */
function cell(version: ServiceVersion, key: string, value: string): string {
  const field = version.fields.find((one) => one.key === key)
  return field && field.kind !== 'era_date' ? typed(field, value) : value
}
