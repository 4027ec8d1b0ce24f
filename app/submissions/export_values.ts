import iconv from 'iconv-lite'
import { typed } from '#app/catalog/kinds'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { visibleTo } from '#app/identity/client_scope'
import type User from '#app/identity/user'
import { latestValuesOf } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { transition } from '#app/shared/transition'

/** Stands in a CP932 file for a character that the encoding lacks (geta mark, as Japanese printers do). */
const LACKING = '〓'
const BATCH = 500

export interface ValuesFile {
  file: Buffer
  charset: 'utf-8' | 'windows-31j'
  /** characters that the encoding lacks, each once */
  unmapped: string[]
}

/**
 * The agreed values of a person's own client as CSV: CRLF, every value quoted, leading zeros kept. In
 * CP932 characters that it lacks become 〓 and are listed in a last column.
 */
export async function exportValues(user: User, encoding: 'utf8' | 'cp932'): Promise<ValuesFile> {
  const visible = visibleTo(Service.query(), user).select('id')
  const versions = new Map(
    (await ServiceVersion.query().whereIn('serviceId', visible).orderBy('number')).map(
      (version) => [version.id, version]
    )
  )
  const fields = [
    ...new Set(
      [...versions.values()].flatMap((version) => version.fields.map((field) => field.key))
    ),
  ]
  const lines = [
    csvLine(['受付番号', '到着日', '状態', ...fields, ...(encoding === 'cp932' ? ['外字'] : [])]),
  ]
  const unmapped = new Set<string>()
  for (let page = 1; ; page++) {
    const submissions = await visibleTo(Submission.query(), user)
      .whereNotIn('state', ['erased', 'canceled'])
      .orderBy('createdAt')
      .orderBy('id')
      .forPage(page, BATCH)
    const values = await latestValuesOf(submissions)
    for (const submission of submissions) {
      const standing = values.get(submission.id)
      if (!standing) continue
      const version = versions.get(submission.serviceVersionId)!
      const cells = [
        submission.receipt,
        submission.arrivedOn,
        submission.state,
        ...fields.map((key) => cell(version, key, standing.get(key)?.value ?? '')),
      ]
      if (encoding === 'cp932') {
        const lacking = [...new Set(cells.join(''))].filter((character) => !inCp932(character))
        lacking.forEach((character) => unmapped.add(character))
        lines.push(
          csvLine([
            ...cells.map((text) =>
              [...text].map((one) => (lacking.includes(one) ? LACKING : one)).join('')
            ),
            lacking.map((one) => `U+${one.codePointAt(0)!.toString(16).toUpperCase()}`).join(' '),
          ])
        )
      } else lines.push(csvLine(cells))
    }
    if (submissions.length < BATCH) break
  }
  await transition(async (t) => {
    t.recordRead({
      verb: 'values.exported',
      subject: { type: 'organization', id: user.organizationId },
      clientId: user.organizationId,
      actorId: user.id,
      detail: { rows: lines.length - 1, encoding },
    })
  })
  const text = lines.join('')
  if (encoding === 'cp932')
    return { file: iconv.encode(text, 'cp932'), charset: 'windows-31j', unmapped: [...unmapped] }
  return { file: Buffer.from(`\uFEFF${text}`, 'utf8'), charset: 'utf-8', unmapped: [] }
}

/** Dates as dates, the rest as it is compared. */
function cell(version: ServiceVersion, key: string, value: string): string {
  const field = version.fields.find((one) => one.key === key)
  return field && field.kind !== 'era_date' ? typed(field, value) : value
}

/** A leading = + - @ would be run by a spreadsheet: it is kept as text. */
function csvLine(cells: string[]): string {
  return `${cells.map((text) => `"${text.replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`).join(',')}\r\n`
}

function inCp932(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character
}
