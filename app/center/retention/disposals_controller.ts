import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { backupsUntil } from '#app/center/retention/backups_until'
import { disposalCertificate } from '#app/center/retention/certificate'
import { decide, endPaper, mayDecide } from '#app/center/retention/decide'
import { decisionValidator } from '#app/center/retention/decision_form'
import Disposal, { PAPER_ENDS } from '#app/center/retention/disposal'
import { itemsOf, listDisposals, sumsOf } from '#app/center/retention/list_disposals'
import { proposeDisposal } from '#app/center/retention/propose'
import { visibleTo } from '#app/people/client_scope'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import User from '#app/people/user'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

const paperValidator = vine.create({
  how: vine.enum(PAPER_ENDS),
  on: vine.string().trim(),
  receipt: vine.string().trim().minLength(1).maxLength(120),
})

/** Lists of what is to be destroyed: proposed, agreed on, carried out, certified. */
export default class DisposalsController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    return view.render('center/disposals', {
      list: await listDisposals(user).paginate(await pageNumber(request.qs()), PAGE_SIZE),
      clients: await clientsOf(user),
    })
  }

  /** Makes a client's list now, instead of in the week's turn. */
  async store({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const client = await clientFor(user, request.input('client_id'))
    const id = client && (await proposeDisposal(client.id, user.id))
    if (id) return response.redirect(`/disposals/${id}`)
    notice(session, 'warn', 'retention.nothing_due')
    return response.redirect('/disposals')
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async decide(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const disposal = await disposalOf(ctx)
    const [problems, input] = await decisionValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'retention.decide_not_understood')
    const decided = await decide(auth.getUserOrFail(), disposal, input.decision)
    if (decided === 'not_yours') return this.#page(ctx, 'retention.decide_not_yours')
    const key = decided === 'done' ? `retention.now_${input.decision}` : 'retention.decided_before'
    notice(session, decided === 'done' ? 'good' : 'warn', key)
    return response.redirect(`/disposals/${disposal.id}`)
  }

  async paper(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const disposal = await disposalOf(ctx)
    const [problems, input] = await paperValidator.tryValidate(request.all())
    if (problems || !isRealDate(input.on) || input.on > today())
      return this.#page(ctx, 'retention.paper_incomplete')
    const isKept = await endPaper(auth.getUserOrFail(), disposal, input)
    notice(session, isKept ? 'good' : 'warn', `retention.paper_${isKept ? 'kept' : 'over'}`)
    return response.redirect(`/disposals/${disposal.id}`)
  }

  async certificate(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const disposal = await disposalOf(ctx)
    if (disposal.state !== 'carried_out') {
      notice(session, 'warn', 'retention.not_done_yet')
      return response.redirect(`/disposals/${disposal.id}`)
    }
    const pdf = await disposalCertificate(auth.getUserOrFail(), disposal)
    response.header('Content-Disposition', `inline; filename="disposal-${disposal.number}.pdf"`)
    return response.type('application/pdf').send(pdf)
  }

  async #page(ctx: HttpContext, problem: string | null) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const disposal = await disposalOf(ctx)
    if (problem) response.status(422)
    const people = await User.query().whereIn(
      'id',
      [disposal.askedBy, disposal.decidedBy, disposal.paperBy].filter((id) => id !== null)
    )
    return view.render('center/disposal', {
      disposal,
      names: new Map(people.map((one) => [one.id, one.displayName])),
      sums: await sumsOf(disposal.id),
      backups: disposal.doneAt && (await backupsUntil(disposal.doneAt.toJSDate())),
      list: await itemsOf(disposal.id, user).paginate(await pageNumber(request.qs()), PAGE_SIZE),
      mayDecide: mayDecide(user, disposal),
      mayKeepPaper: user.may('retention.keep'),
      today: today(),
      typed: problem ? request.all() : {},
      problem,
    })
  }
}

function disposalOf({ auth, params }: HttpContext): Promise<Disposal> {
  return visibleTo(Disposal.query(), auth.getUserOrFail())
    .where('disposals.id', params.id)
    .join('organizations', 'organizations.id', 'disposals.client_id')
    .select('disposals.*', 'organizations.name as client')
    .firstOrFail()
}
