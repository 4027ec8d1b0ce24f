import { MASTER_PREFIX } from '#app/catalog/form_code'
import { askForOtherSide } from '#app/intake/ask_for_other_side'
import Page from '#app/intake/page'
import { planStack, type StackPage } from '#app/intake/plan_stack'
import Scan from '#app/intake/scan'
import { openSubmission } from '#app/intake/open_submission'
import { transition, type Transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'
import { addTask } from '#app/tasks/add_task'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

/**
 * Once every page of a scan is read: opens one submission for each form in it, and asks about the pages
 * that can't be told. Sides that wait from another file of the same client are joined.
 */
export async function separateStack(scanId: string): Promise<void> {
  await transition(async (t) => {
    const scan = await Scan.query({ client: t.trx })
      .where({ id: scanId, state: 'decoded' })
      .forUpdate()
      .first()
    if (!scan) return
    // Asked before the pages are locked: who reads a page locks it first, and the scan after it.
    if (await t.trx.from('pages').where({ scan_id: scanId, state: 'pending' }).first()) return
    const pages = await Page.query({ client: t.trx })
      .where('scanId', scanId)
      .preload('serviceVersion')
      .orderBy('number')
      .forUpdate()

    const byId = new Map(pages.map((page) => [page.id, page]))
    const read = pages.filter((page) => page.state === 'read')
    const known = await knownCopies(t, scan, read)
    const plan = planStack(read.map((page) => stackPage(page, known)))
    for (const form of plan.forms)
      await openForm(
        t,
        scan,
        form.map((one) => byId.get(one.id)!)
      )
    // In one order whatever the stack's: two files that wait for each other's sides can't deadlock.
    plan.incomplete.sort((a, b) => a.copy!.localeCompare(b.copy!))
    for (const one of plan.incomplete) await joinOrAsk(t, scan, byId.get(one.id)!)
    for (const one of plan.doubtful) await askForOtherSide(t, byId.get(one.id)!, 'doubtful_pair')
    for (const page of pages.filter((one) => one.state === 'identify' && !one.serviceVersionId)) {
      await addTask(t, {
        kind: 'identify',
        subject: { type: 'page', id: page.id },
        submissionId: page.submissionId,
        clientId: page.clientId,
        linkageId: page.id,
      })
    }
    t.announce(`scans/${scan.id}`)
    await scan.separated(t, plan.forms.length)
  })
}

function stackPage(page: Page, known: Set<string>): StackPage {
  return {
    id: page.id,
    number: page.number,
    versionId: page.serviceVersionId!,
    copy: page.copyId,
    shared:
      page.copyId !== null && (page.copyId.startsWith(MASTER_PREFIX) || known.has(page.copyId)),
    formPage: page.formPage!,
    formPages: page.serviceVersion.description.pageCount,
  }
}

/** Copy ids that another form has come in with already: somebody photocopied it. */
async function knownCopies(t: Transition, scan: Scan, pages: Page[]): Promise<Set<string>> {
  const copies = pages.flatMap((page) => page.copyId ?? [])
  const rows: { copy_id: string }[] = await t.trx
    .from('submissions')
    .where('client_id', scan.clientId)
    .whereIn('copy_id', copies)
    .select('copy_id')
  return new Set(rows.map((row) => row.copy_id))
}

function openForm(t: Transition, scan: Scan, pages: Page[]) {
  return openSubmission(t, {
    clientId: scan.clientId,
    serviceVersionId: pages[0].serviceVersionId!,
    envelopeId: scan.envelopeId,
    arrivedOn: scan.arrivedOn,
    copyId: pages[0].copyId,
    pages,
  })
}

/** The other side of a printed copy may have come in another file: then both are one form. */
async function joinOrAsk(t: Transition, scan: Scan, page: Page): Promise<void> {
  // Two files with a side each, separated at once, must see each other.
  await lockName(t.trx, `${page.clientId}:${page.copyId}`)
  const waiting = await Page.query({ client: t.trx })
    .where({
      clientId: page.clientId,
      copyId: page.copyId!,
      serviceVersionId: page.serviceVersionId!,
      state: 'identify',
      reason: 'other_side_missing',
    })
    .whereNot('formPage', page.formPage!)
    .whereNot('scanId', scan.id)
    .forUpdate()
  const sides = [...waiting, page].sort((a, b) => a.formPage! - b.formPage!)
  if (
    new Set(sides.map((side) => side.formPage)).size !==
      page.serviceVersion.description.pageCount ||
    sides.length !== page.serviceVersion.description.pageCount
  ) {
    return askForOtherSide(t, page, 'other_side_missing')
  }
  for (const side of waiting) await withdrawTasks(t, { type: 'page', id: side.id }, 'pair')
  await openForm(t, scan, sides)
}
