import type { HttpContext } from '@adonisjs/core/http'
import { CANCELABLE } from '#app/mailings/decide_on_mailing'
import { PROOFS } from '#app/mailings/list/proofs'
import { shownColumns } from '#app/mailings/list/list_columns'
import { noteSealContext, SHIFTED } from '#app/mailings/mailing'
import type Mailing from '#app/mailings/mailing'
import { countRows, heldRows, NO_ROWS } from '#app/mailings/mailing_progress'
import { reasonWords } from '#app/mailings/reason_words'
import Template from '#app/mailings/templates/template'
import { templateOf } from '#app/mailings/templates/template_versions'
import { organizationNames } from '#app/people/organization_names'
import User from '#app/people/user'
import { isNumbered } from '#app/replies/letter'
import PrintRun from '#app/replies/print_runs/print_run'
import { countPages } from '#app/replies/enclosures/kept_form'
import { products } from '#app/replies/products/product'
import { today } from '#app/core/clock'
import { openSealer } from '#app/core/sealing'

const HELD_SHOWN = 50
/** Runs of a mailing that are listed; older ones stand with the print runs. */
const RUNS_SHOWN = 100

/** Renders a mailing: its list, what is wrong with it, its letters, and where they are. */
export async function showMailing(
  { auth, i18n, request, view }: HttpContext,
  mailing: Mailing,
  extra: Record<string, unknown> = {}
): Promise<string> {
  const user = auth.getUserOrFail()
  const template = await Template.findOrFail(mailing.templateId)
  const words = await templateOf(mailing)
  const isBusy = ['preparing', 'checking', 'composing'].includes(mailing.state)
  const after = Math.max(0, Number.parseInt(String(request.qs().after), 10) || 0)
  const held = isBusy ? [] : await heldRows(mailing.id, after, HELD_SHOWN + 1)
  const people = await User.query().whereIn(
    'id',
    [mailing.openedBy, mailing.submittedBy, mailing.approvedBy, mailing.comparedBy].flatMap(
      (id) => id ?? []
    )
  )
  return view.render('mailings/show', {
    mailing,
    template,
    clientName: (await organizationNames()).get(mailing.clientId),
    // While rows are gone through, their number stands in the progress; before, nothing is known of the list.
    counts: isBusy ? NO_ROWS : await countRows(mailing.id),
    columns: mailing.headings ? shownColumns(words, mailing.matching, mailing.headings) : [],
    held: held.slice(0, HELD_SHOWN),
    next: held.length > HELD_SHOWN ? held[HELD_SHOWN - 1].row : null,
    isFirst: after === 0,
    why: (reason: string) => reasonWords(i18n, reason),
    proofs: PROOFS,
    shifted: SHIFTED,
    formPages: words.enclosure ? await countPages(words.enclosure.form) : 0,
    cancelable: CANCELABLE,
    names: new Map(people.map(({ id, displayName }) => [id, displayName])),
    isNumbered: products.get(mailing.product).numbered === true && isNumbered(words),
    commissions: user.may('orders.commission'),
    prints: user.may('letters.print'),
    isOwn: user.organizationId === mailing.clientId,
    note: await noteOf(mailing),
    runs: await PrintRun.query().where('mailingId', mailing.id).orderBy('number').limit(RUNS_SHOWN),
    today: today(),
    ...{ problem: null, values: {} },
    ...extra,
  })
}

/** Opens why it wasn't approved; null where nobody said. */
async function noteOf({ id, dataKeyId, note, contentsRemovedAt }: Mailing): Promise<string | null> {
  if (!note || contentsRemovedAt) return null
  return (await openSealer(dataKeyId)).openText(noteSealContext(id), note)
}
