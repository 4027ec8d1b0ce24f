import type { HttpContext } from '@adonisjs/core/http'
import { operator, operatorPage, refusePage } from '#app/people/engagements/operator_page'
import {
  areRealDates,
  engagementValidator,
  qualificationValidator,
} from '#app/people/engagements/engagement_form'
import { importEngagements } from '#app/people/engagements/import_engagements'
import {
  keepEngagement,
  keepQualification,
  removeQualification,
} from '#app/people/engagements/keep_engagement'
import {
  concernsIn,
  register,
  REGISTER_COLUMNS,
  type RegisterRow,
} from '#app/people/engagements/list_engagements'
import { problemOfImport, type FaultyRow } from '#app/core/tables/imported'
import { csvFile } from '#app/core/csv_file'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { sortingOf } from '#app/core/sorting'
import { uploaded } from '#app/core/uploaded'

/** The register of operators 従事者名簿: contracts, agreements, training, skills of the center's people. */
export default class EngagementsController {
  async index(ctx: HttpContext) {
    return this.#list(ctx, { problem: null, faulty: [] })
  }

  /** Takes many at once from a table. */
  async import(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const content = await uploaded(request.file('file'))
    const imported = content ? await importEngagements(auth.getUserOrFail(), content) : null
    if (!imported?.ok) {
      response.status(422)
      const problem = problemOfImport(imported)
      return this.#list(ctx, { problem, faulty: imported?.faulty ?? [] })
    }
    notice(session, 'good', 'people.operators_taken')
    return response.redirect('/operators')
  }

  async #list(
    { request, view }: HttpContext,
    extra: { problem: object | null; faulty: FaultyRow[] }
  ) {
    const onlyConcerns = request.qs().concerns === '1'
    const sorting = sortingOf(request.qs(), REGISTER_COLUMNS, 'name')
    const rows = await register(onlyConcerns, sorting).paginate(
      await pageNumber(request.qs()),
      PAGE_SIZE
    )
    return view.render('people/operators', {
      list: rows,
      rows: rows.all().map((row: RegisterRow) => ({ ...row, concerns: concernsIn(row) })),
      onlyConcerns,
      sorting,
      query: onlyConcerns ? '&concerns=1' : '',
      ...extra,
    })
  }

  /** Returns the whole register as a file. */
  async export({ i18n, response }: HttpContext) {
    const words = (key: string) => i18n.t(`people.${key}`)
    const rows: RegisterRow[] = await register(false)
    const headings = ['login', 'name', 'sites', 'region', 'engagement_kind', 'starts_on', 'ends_on']
    const { file } = csvFile(
      [
        [...headings, 'nda_until', 'trained_on', 'skills'].map(words),
        ...rows.map((row) => [
          row.login,
          row.name,
          row.sites.map((site) => words(`site_${site}`)).join('・'),
          row.region ?? '',
          row.kind ? words(`engagement_${row.kind}`) : '',
          row.starts_on ?? '',
          row.ends_on ?? '',
          row.nda_until ?? '',
          row.trained_on ?? '',
          row.skills.join('・'),
        ]),
      ],
      'utf8'
    )
    response.header('Content-Disposition', 'attachment; filename="operators.csv"')
    return response.type('text/csv; charset=utf-8').send(file)
  }

  async show(ctx: HttpContext) {
    return operatorPage(ctx)
  }

  async update(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const person = await operator(ctx)
    const [problems, input] = await engagementValidator.tryValidate(request.all())
    const { starts_on: from, ends_on: until, nda_until: nda, trained_on: trained } = input ?? {}
    if (problems || !areRealDates([from, until, nda, trained]))
      return refusePage(ctx, 'people.engagement_incomplete')
    if (until && from && until < from) return refusePage(ctx, 'people.engagement_ends_before')
    const isKept = await keepEngagement(auth.getUserOrFail(), person, input)
    if (!isKept) return refusePage(ctx, 'people.engagement_overtaken')
    notice(session, 'good', 'people.changed')
    return response.redirect(`/operators/${person.id}`)
  }

  async addSkill(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const person = await operator(ctx)
    const [problems, input] = await qualificationValidator.tryValidate(request.all())
    if (problems || !areRealDates([input.valid_until]))
      return refusePage(ctx, 'people.skill_incomplete')
    await keepQualification(auth.getUserOrFail(), person, input)
    notice(session, 'good', 'people.changed')
    return response.redirect(`/operators/${person.id}`)
  }

  async removeSkill(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const person = await operator(ctx)
    const isRemoved = await removeQualification(
      auth.getUserOrFail(),
      person,
      String(request.input('skill') ?? '')
    )
    notice(session, isRemoved ? 'good' : 'warn', `people.${isRemoved ? 'changed' : 'skill_gone'}`)
    return response.redirect(`/operators/${person.id}`)
  }
}
