import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { draftOf, DRAFTS } from '#app/center/incidents/draft'
import Incident, { INCIDENT_KINDS, STEPS } from '#app/center/incidents/incident'
import {
  changeIncident,
  doStep,
  namePerson,
  nameRequest,
  openIncident,
  type IncidentFacts,
} from '#app/center/incidents/keep_incident'
import { showIncident } from '#app/center/incidents/show_incident'
import { visibleTo } from '#app/people/client_scope'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { today, wallTime } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { transition } from '#app/core/transition'
import { TIME_OF_DAY } from '#app/core/time_of_day'

const incidentValidator = vine.create({
  client_id: vine.string().uuid().optional(),
  kind: vine.enum(INCIDENT_KINDS),
  known_on: vine.string().trim(),
  known_time: vine.string().trim().regex(TIME_OF_DAY),
  keys_leaked: vine.boolean().optional(),
  improper: vine.boolean().optional(),
  story: vine.string().trim().minLength(10).maxLength(5000),
})
const stepValidator = vine.create({ step: vine.enum(STEPS), on: vine.string().trim() })
const namedValidator = vine.create({ name: vine.string().trim().minLength(1).maxLength(60) })

/** Incidents with personal data: what happened, who saw what, what is due when, drafts for the city. */
export default class IncidentsController {
  async index(ctx: HttpContext) {
    return this.#list(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const facts = await factsIn(request.all())
    if (!facts) return this.#list(ctx, 'incidents.incomplete')
    const client = await clientFor(user, request.input('client_id'))
    if (!client) return this.#list(ctx, 'incidents.incomplete')
    return response.redirect(`/incidents/${await openIncident(user, client.id, facts)}`)
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async update(ctx: HttpContext) {
    const { auth, request } = ctx
    const incident = await incidentOf(ctx)
    const facts = await factsIn(request.all())
    if (!facts) return this.#page(ctx, 'incidents.incomplete')
    const isKept = await changeIncident(auth.getUserOrFail(), incident, facts)
    return this.#back(ctx, isKept)
  }

  async nameRequest(ctx: HttpContext) {
    return this.#name(ctx, nameRequest, 'incidents.no_such_receipt')
  }

  async namePerson(ctx: HttpContext) {
    return this.#name(ctx, namePerson, 'incidents.no_such_person')
  }

  async step(ctx: HttpContext) {
    const { auth, request } = ctx
    const incident = await incidentOf(ctx)
    const [problems, input] = await stepValidator.tryValidate(request.all())
    if (problems || !isRealDate(input.on) || input.on > today())
      return this.#page(ctx, 'incidents.step_incomplete')
    // Of the client's people it is known that they were told; all else the center does.
    if (input.step !== 'client_told' && !auth.getUserOrFail().may('incidents.keep'))
      return notFound({ request })
    return this.#back(ctx, await doStep(auth.getUserOrFail(), incident, input.step, input.on))
  }

  async close(ctx: HttpContext) {
    const incident = await incidentOf(ctx)
    const by = ctx.auth.getUserOrFail()
    return this.#back(ctx, await transition((t) => incident.close(t, by)))
  }

  async draft(ctx: HttpContext) {
    const { auth, params, request, response } = ctx
    const draft = DRAFTS.find((one) => one === params.draft)
    if (!draft) return notFound({ request })
    const incident = await incidentOf(ctx)
    const pdf = await draftOf(auth.getUserOrFail(), incident, draft)
    response.header('Content-Disposition', `inline; filename="incident-${incident.number}.pdf"`)
    return response.type('application/pdf').send(pdf)
  }

  async #name(ctx: HttpContext, name: typeof nameRequest, unknown: string) {
    const { auth, request } = ctx
    const incident = await incidentOf(ctx)
    const [problems, input] = await namedValidator.tryValidate(request.all())
    const wrong = problems ? 'unknown' : await name(auth.getUserOrFail(), incident, input.name)
    if (wrong === 'unknown') return this.#page(ctx, unknown)
    return this.#back(ctx, wrong === null)
  }

  #back({ params, response, session }: HttpContext, isDone: boolean) {
    notice(session, isDone ? 'good' : 'warn', isDone ? 'incidents.kept' : 'incidents.over')
    return response.redirect(`/incidents/${params.id}`)
  }

  async #list({ auth, request, response, view }: HttpContext, problem: string | null) {
    const user = auth.getUserOrFail()
    if (problem) response.status(422)
    return view.render('center/incidents', {
      list: await visibleTo(Incident.query(), user)
        .join('organizations', 'organizations.id', 'incidents.client_id')
        .orderBy('incidents.number', 'desc')
        .select('incidents.*', 'organizations.name as client')
        .paginate(await pageNumber(request.qs()), PAGE_SIZE),
      clients: await clientsOf(user),
      kinds: INCIDENT_KINDS,
      mayKeep: user.may('incidents.keep'),
      values: problem ? request.all() : nowTyped(),
      problem,
    })
  }

  async #page(ctx: HttpContext, problem: string | null) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const incident = await incidentOf(ctx)
    if (problem) response.status(422)
    const shown = await showIncident(user, incident)
    const [day, time] = wallTime(incident.knownAt.toJSDate()).split('T')
    const { kind, keysLeaked, improper } = incident
    const kept = {
      kind,
      known_on: day,
      known_time: time,
      keys_leaked: keysLeaked,
      improper,
      story: shown.story,
    }
    return view.render('center/incident', {
      incident,
      ...shown,
      kinds: INCIDENT_KINDS,
      drafts: DRAFTS,
      mayKeep: user.may('incidents.keep') && incident.state === 'open',
      mayTold: incident.state === 'open',
      values: problem === 'incidents.incomplete' ? request.all() : kept,
      today: today(),
      problem,
    })
  }
}

function nowTyped() {
  const [day, time] = wallTime().split('T')
  return { known_on: day, known_time: time }
}

async function factsIn(typed: Record<string, unknown>): Promise<IncidentFacts | null> {
  const [problems, input] = await incidentValidator.tryValidate(typed)
  if (problems || !isRealDate(input.known_on)) return null
  const knownAt = `${input.known_on}T${input.known_time}`
  // What will be known tomorrow isn't known.
  if (knownAt > wallTime()) return null
  return {
    kind: input.kind,
    knownAt,
    keysLeaked: input.keys_leaked ?? false,
    improper: input.improper ?? false,
    story: input.story,
  }
}

function incidentOf({ auth, params }: HttpContext): Promise<Incident> {
  return visibleTo(Incident.query(), auth.getUserOrFail())
    .where('incidents.id', params.id)
    .join('organizations', 'organizations.id', 'incidents.client_id')
    .select('incidents.*', 'organizations.name as client')
    .firstOrFail()
}
