import type { HttpContext } from '@adonisjs/core/http'
import { searchByName } from '#app/people/searches'
import { visibleTo } from '#app/people/client_scope'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { COLUMNS, countByState, filtered } from '#app/submissions/filter_submissions'
import { listSubmissions } from '#app/submissions/list_submissions'
import { listValidator, searchValidator } from '#app/submissions/submission_validator'
import Submission from '#app/submissions/submission'
import { searchSubmissions } from '#app/submissions/search_submissions'
import { submissionDetails } from '#app/submissions/submission_details'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { sortingOf } from '#app/core/sorting'

/** Residents' requests: lists, the search, and each with its timeline. */
export default class SubmissionsController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const [, filter] = await listValidator.tryValidate(
      Object.fromEntries(Object.entries(request.qs()).filter(([, value]) => value !== ''))
    )
    const sorting = sortingOf(request.qs(), COLUMNS, '-taken')
    const list = await filtered(user, filter ?? {}, sorting).paginate(
      await pageNumber(request.qs()),
      PAGE_SIZE
    )
    return view.render('submissions/index', {
      list,
      submissions: await listSubmissions(user, list.all()),
      counts: await countByState(user),
      filter: filter ?? {},
      query: queryOf(filter ?? {}),
      sorting,
      services: await withNewest(await visibleTo(Service.query(), user).orderBy('slug')),
      searched: false,
    })
  }

  /**
   * Finds requests, and beside them whatever else bears the name. The search comes by POST: its words stay out of every
   * address.
   */
  async search({ auth, i18n, request, response, session, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const [, input] = await searchValidator.tryValidate(request.all())
    const found = input && user.may('submissions.see') ? await searchSubmissions(user, input.q) : []
    const elsewhere = input ? await searchByName(user, input.q, i18n) : []
    if (found.length === 1 && elsewhere.length === 0)
      return response.redirect(`/submissions/${found[0].id}`)
    if (!input) notice(session, 'warn', 'submissions.type_something')
    if (!input) return response.redirect(user.may('submissions.see') ? '/submissions' : '/today')
    return view.render('submissions/index', {
      submissions: await listSubmissions(user, found),
      counts: [],
      filter: {},
      services: [],
      searched: true,
      elsewhere,
    })
  }

  async show({ auth, params, view, locale }: HttpContext) {
    const user = auth.getUserOrFail()
    const submission = await visibleTo(Submission.query(), user)
      .where('submissions.id', params.id)
      .firstOrFail()
    return view.render('submissions/show', await submissionDetails(submission, user, locale))
  }
}

/** A filter as it stands in an address, after the page's number. */
function queryOf(filter: Record<string, string | undefined>): string {
  const set = Object.entries(filter).flatMap(([key, value]) => (value ? [[key, value]] : []))
  return set.length > 0 ? `&${new URLSearchParams(set).toString()}` : ''
}
