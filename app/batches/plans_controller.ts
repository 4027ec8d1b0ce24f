import type { HttpContext } from '@adonisjs/core/http'
import { leadersThere } from '#app/batches/batch_choices'
import { planProblem, planValidator, PRIORITIES } from '#app/batches/batch_validator'
import { ownBatch } from '#app/batches/own_batch'
import { planBatch } from '#app/batches/plan_batch'
import { showBatch } from '#app/batches/show_batch'
import { notice } from '#app/core/notice'

/** The plan of a batch: its title, its day, its leader, and whether it goes first. */
export default class PlansController {
  async update(ctx: HttpContext) {
    const { auth, i18n, params, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const batch = await ownBatch(user, params.id)
    const [problems, input] = await planValidator.tryValidate(request.all())
    const isLed = (await leadersThere()).some(({ id }) => id === input?.leader_id)
    const problem =
      problems || !isLed
        ? { key: 'batches.fill_in', characters: '' }
        : planProblem(input, batch.dueOn)
    if (problem || !input) {
      response.status(422)
      return showBatch(ctx, batch, {
        problem: i18n.t(problem!.key, { characters: problem!.characters }),
        planned: request.all(),
      })
    }
    const isPlanned = await planBatch(user, batch.id, {
      title: input.title,
      dueOn: input.due_on,
      leaderId: input.leader_id,
      teamId: input.team_id ?? null,
      priority: input.first ? PRIORITIES.first : PRIORITIES.usual,
    })
    notice(session, isPlanned ? 'good' : 'warn', `batches.${isPlanned ? 'planned' : 'overtaken'}`)
    return response.redirect(`/batches/${batch.id}`)
  }
}
