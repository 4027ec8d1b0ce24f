import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { visibleTo } from '#app/identity/client_scope'
import { listValidator, searchValidator } from '#app/submissions/submission_validator'
import Submission from '#app/submissions/submission'
import { searchSubmissions } from '#app/submissions/search_submissions'
import { submissionDetails } from '#app/submissions/submission_details'
import { notice } from '#app/shared/notice'
import { PAGE_SIZE, pageNumber } from '#app/shared/paging'

/** Residents' requests: lists, the search, and each with its timeline. */
export default class SubmissionsController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const [, filter] = await listValidator.tryValidate(request.qs())
    const counts: { state: string; count: string }[] = await db
      .from('submissions')
      .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
      .groupBy('state')
      .select('state')
      .count('* as count')
    const submissions = await visibleTo(Submission.query(), user)
      .if(filter?.state, (query) => query.where('state', filter!.state!))
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('submissions/index', {
      submissions,
      counts,
      chosen: filter?.state ?? null,
      searched: false,
    })
  }

  /** The search comes by POST and its words stay out of every address. */
  async search({ auth, request, response, session, view }: HttpContext) {
    const [, input] = await searchValidator.tryValidate(request.all())
    const found = input ? await searchSubmissions(auth.getUserOrFail(), input.q) : []
    if (found.length === 1) return response.redirect(`/submissions/${found[0].id}`)
    if (!input) notice(session, 'warn', 'submissions.type_something')
    if (!input) return response.redirect('/submissions')
    return view.render('submissions/index', {
      submissions: found,
      counts: [],
      chosen: null,
      searched: true,
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
