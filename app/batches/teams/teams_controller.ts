import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Batch from '#app/batches/batch'
import { leadersThere } from '#app/batches/batch_choices'
import { listTeams } from '#app/batches/teams/list_teams'
import { closeTeam, saveTeam } from '#app/batches/teams/save_team'
import Team from '#app/batches/teams/team'
import { register } from '#app/people/engagements/list_engagements'
import { today } from '#app/core/clock'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

const teamValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(40),
  leader_id: vine.string().uuid(),
  people: vine.array(vine.string().uuid()).maxLength(1000).optional(),
})

/** Teams of people with a leader, to whom batches are given. */
export default class TeamsController {
  async index({ request, view }: HttpContext) {
    const teams = await listTeams().paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('batches/teams', { teams })
  }

  async create(ctx: HttpContext) {
    return this.#page(ctx, null, { leader_id: ctx.auth.getUserOrFail().id })
  }

  async edit(ctx: HttpContext) {
    const team = await this.#team(ctx)
    const { name, leaderId, members } = team
    const people = members.map(({ id }) => id)
    return this.#page(ctx, team, { name, leader_id: leaderId, people })
  }

  async store(ctx: HttpContext) {
    return this.#save(ctx, null)
  }

  async update(ctx: HttpContext) {
    return this.#save(ctx, await this.#team(ctx))
  }

  /** The team is given batches no longer, or again. */
  async close(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const team = await this.#team(ctx)
    const isClosed = request.input('closed') === 'yes'
    const isDone = await closeTeam(auth.getUserOrFail(), team.id, isClosed)
    notice(session, isDone ? 'good' : 'warn', isDone ? 'batches.team_kept' : 'batches.team_busy')
    return response.redirect(`/teams/${team.id}`)
  }

  async #save(ctx: HttpContext, team: Team | null) {
    const { auth, request, response, session } = ctx
    const typed = request.all()
    const refuse = (problem: string) => {
      response.status(422)
      return this.#page(ctx, team, typed, problem)
    }
    const [problems, input] = await teamValidator.tryValidate(typed)
    if (problems) return refuse('batches.fill_in')
    const leads = (await leadersThere()).some(({ id }) => id === input.leader_id)
    if (!leads) return refuse('batches.fill_in')
    const saved = await saveTeam(auth.getUserOrFail(), team?.id ?? null, {
      name: input.name,
      leaderId: input.leader_id,
      memberIds: [...new Set(input.people)],
    })
    if (!saved.ok) return refuse(`batches.team_${saved.reason}`)
    notice(session, 'good', 'batches.team_kept')
    return response.redirect(`/teams/${saved.id}`)
  }

  #team({ params }: HttpContext): Promise<Team> {
    return Team.query()
      .where('id', params.id)
      .preload('members', (query) => void query.whereNull('leftAt'))
      .firstOrFail()
  }

  async #page(
    { view }: HttpContext,
    team: Team | null,
    values: Record<string, unknown>,
    problem: string | null = null
  ) {
    return view.render('batches/team', {
      ...{ team, values, problem },
      leaders: await leadersThere(),
      people: await register(false),
      batches: team
        ? await Batch.query().where('teamId', team.id).orderBy('number', 'desc').limit(50)
        : [],
      today: today(),
    })
  }
}
