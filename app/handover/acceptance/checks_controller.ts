import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { visibleTo } from '#app/people/client_scope'
import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import { decideCheck } from '#app/handover/acceptance/decide_check'
import { listChecks } from '#app/handover/acceptance/list_checks'
import { showCheck } from '#app/handover/acceptance/show_check'
import { notice } from '#app/core/notice'
import { pageNumber } from '#app/core/paging'

const decisionValidator = vine.create({
  accept: vine.boolean().optional(),
  papers: vine.record(vine.string().maxLength(40).nullable()).optional(),
  faults: vine.array(vine.string().maxLength(40)).optional(),
})

/** Accepting what came in: only what differs from the ledger is shown, beside the paper. */
export default class ChecksController {
  async index({ auth, request, view }: HttpContext) {
    const state = request.qs().state === 'incomplete' ? 'incomplete' : 'open'
    return view.render('handover/acceptance/checks', {
      // In a template, `state` is the template's own.
      list: state,
      checks: await listChecks(auth.getUserOrFail(), state, await pageNumber(request.qs())),
    })
  }

  async show(ctx: HttpContext) {
    return this.#render(ctx, await this.#find(ctx), null)
  }

  async update(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const check = await this.#find(ctx)
    const [problems, input] = await decisionValidator.tryValidate(request.all())
    const faults = input?.faults ?? []
    // Either it is accepted or something is lacking: with both, or neither, nothing is meant.
    const unsaid = problems || !input || Boolean(input.accept) === faults.length > 0
    const user = auth.getUserOrFail()
    const papers = Object.fromEntries(
      Object.entries(input?.papers ?? {}).flatMap(([key, kind]) => (kind ? [[key, kind]] : []))
    )
    const decided = unsaid ? null : await decideCheck(user, check.id, { papers, faults })
    if (decided?.ok) {
      notice(session, 'good', `acceptance.now_${decided.state}`)
      const next = (await listChecks(user, 'open', 1)).all()[0]
      return response.redirect(next ? `/checks/${next.id}` : '/checks')
    }
    response.status(422)
    return this.#render(
      ctx,
      check,
      decided ? `acceptance.${decided.reason}` : 'acceptance.say_what'
    )
  }

  #find({ auth, params }: HttpContext): Promise<AcceptanceCheck> {
    return visibleTo(AcceptanceCheck.query(), auth.getUserOrFail())
      .where('acceptance_checks.id', params.id)
      .whereIn('submissionId', (submissions) =>
        submissions.from('submissions').whereNotIn('state', ['canceled', 'erased']).select('id')
      )
      .firstOrFail()
  }

  async #render(
    { view, request, locale }: HttpContext,
    check: AcceptanceCheck,
    problem: string | null
  ) {
    return view.render('handover/acceptance/check', {
      ...(await showCheck(check, locale)),
      problem,
      typed: problem ? request.all() : { papers: check.papers, faults: check.faults },
    })
  }
}
