import { myNumberIn, openMatched, type Matching } from '#app/mailings/list/list_columns'
import { SHIFTED, type ListProblem } from '#app/mailings/mailing'
import { lockMailing } from '#app/mailings/own_mailing'
import Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import type User from '#app/people/user'
import { doomFiles } from '#app/core/doomed_files'
import { readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { isSpreadsheet } from '#app/core/tables/spreadsheet'
import { transition } from '#app/core/transition'
import { withFile } from '#app/core/with_file'

/** Lists may be so large (bytes): 100,000 rows, and long ones. */
export const MAX_LIST_BYTES = 64 * 1024 * 1024

export type ReceivedList = { ok: true } | ({ ok: false } & ListProblem)

/** States in which a mailing takes a list, or another one. */
const TAKES_LISTS = ['preparing', 'checked'] as const

/**
 * Takes a list in; one that was there before is forgotten. Where only the names of columns don't fit, it is kept for
 * somebody to say which is which; of anything else that concerns the whole file nothing is kept.
 */
export async function receiveList(
  user: User,
  mailingId: string,
  content: Buffer
): Promise<ReceivedList> {
  return withFile(async (t, keep) => {
    const mailing = await lockMailing(t, mailingId, ...TAKES_LISTS)
    if (!mailing) return { ok: false, reason: 'mailings.overtaken', detail: {} }
    const template = await Template.findOrFail(mailing.templateId, { client: t.trx })
    const words = await templateOf(mailing, t.trx)
    const opened = await openHere(content, words, template.matching)
    const word = myNumberIn(opened.headings ?? [])
    if (word) return { ok: false, reason: 'mailings.my_number', detail: { word } }
    const isUnmatched = !opened.ok && isOfHeadings(opened.reason)
    if (!opened.ok && !isUnmatched) return { ok: false, ...problemOf(opened) }
    if (mailing.file) await doomFiles(t, [mailing.file])
    const sealer = await openSealer(mailing.dataKeyId, t.trx)
    const file = await keep(() => writeSealedFile(sealer, 'mailings', content))
    const { matching } = template
    mailing.merge({ file, matching, headings: opened.headings ?? null, comparedBy: null })
    if (opened.ok) {
      await mailing.check(t, user)
      return { ok: true }
    }
    const problem = problemOf(opened)
    if (mailing.state === 'checked') await mailing.check(t, user)
    if (mailing.state === 'checking') await mailing.refuse(t, problem)
    else await mailing.merge(problem).useTransaction(t.trx).save()
    return { ok: false, ...problem }
  })
}

/** Somebody says which column fills what; it is kept for the next list of this template. */
export async function matchColumns(
  user: User,
  mailingId: string,
  matching: Matching
): Promise<ReceivedList> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, mailingId, ...TAKES_LISTS)
    if (!mailing?.file) return { ok: false, reason: 'mailings.overtaken', detail: {} }
    const template = await Template.query({ client: t.trx })
      .where('id', mailing.templateId)
      .forUpdate()
      .firstOrFail()
    const content = await readSealedFile(await openSealer(mailing.dataKeyId, t.trx), mailing.file)
    const opened = await openHere(content, await templateOf(mailing, t.trx), matching)
    if (!opened.ok) return { ok: false, ...problemOf(opened) }
    await template.merge({ matching }).useTransaction(t.trx).save()
    await mailing.merge({ matching, comparedBy: null }).check(t, user)
    return { ok: true }
  })
}

/** Somebody says that the addresses of a list are right, though it looks shifted: it is looked at once more. */
export async function confirmAddresses(user: User, mailingId: string): Promise<boolean> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, mailingId, 'preparing')
    if (mailing?.reason !== SHIFTED) return false
    await mailing.merge({ comparedBy: user.id }).check(t, user)
    return true
  })
}

/** Opens a list that is text. To unpack a workbook takes its time: the workers do, and say what is wrong with it. */
async function openHere(content: Buffer, template: LetterTemplate, matching: Matching) {
  if (isSpreadsheet(content)) return { ok: true, headings: null } as const
  return openMatched(content, template, matching)
}

function isOfHeadings(reason: string): boolean {
  return reason === 'columns_missing' || reason === 'heading_twice'
}

function problemOf({
  reason,
  columns,
  row,
}: {
  reason: string
  columns?: string
  row?: number
}): ListProblem {
  return {
    reason: `tables.${reason}`,
    detail: { ...(columns ? { columns } : {}), ...(row ? { row } : {}) },
  }
}
