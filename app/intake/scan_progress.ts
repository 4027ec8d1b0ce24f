import db from '@adonisjs/lucid/services/db'
import Page from '#app/intake/page'
import type Scan from '#app/intake/scan'

export interface ScanProgress {
  /** 0 to 100 */
  percent: number
  finished: boolean
  pages: Page[]
  /** receipt number by page, and each form once */
  receipts: Map<string, { id: string; receipt: string }>
  forms: { id: string; receipt: string }[]
}

/** Tells how far a scan is: decoded pages count half, read pages whole. */
export async function scanProgress(scan: Scan): Promise<ScanProgress> {
  const pages = await Page.query().where('scanId', scan.id).orderBy('number')
  const submissions: { id: string; receipt: string }[] = await db
    .from('submissions')
    .whereIn(
      'id',
      pages.flatMap((page) => page.submissionId ?? [])
    )
    .select('id', 'receipt')
    .orderBy('created_at')
  const byId = new Map(submissions.map((one) => [one.id, one]))
  const finished = scan.state === 'separated' || scan.state === 'refused'
  const total = Math.max(scan.pageCount ?? pages.length + 1, 1)
  const done = pages.reduce((sum, page) => sum + (page.state === 'pending' ? 0.5 : 1), 0)
  return {
    percent: finished ? 100 : Math.min(99, Math.round((done / total) * 100)),
    finished,
    pages,
    receipts: new Map(
      pages.flatMap((page) =>
        page.submissionId ? [[page.id, byId.get(page.submissionId)!] as const] : []
      )
    ),
    forms: submissions,
  }
}
