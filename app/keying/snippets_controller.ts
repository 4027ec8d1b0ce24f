import type { HttpContext } from '@adonisjs/core/http'
import { frozenVersion } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/people/client_scope'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'
import { snippetOfGroup } from '#app/keying/snippet_of_group'
import { notFound } from '#app/core/not_found'

/** The picture of one entry group, beside its agreed values. */
export default class SnippetsController {
  async show({ auth, params, request, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const submission = await visibleTo(Submission.query(), user)
      .where('submissions.id', params.id)
      .whereNot('state', 'erased')
      .firstOrFail()
    const version = await frozenVersion(submission.serviceVersionId)
    if (!version.description.groups.some((group) => group.key === params.group))
      return notFound({ request })
    const picture = await snippetOfGroup(submission.id, version, params.group)
    if (!picture) return notFound({ request })
    await transition(async (t) => {
      t.recordOnly({
        verb: 'snippet.viewed',
        subject: { type: 'submission', id: submission.id },
        clientId: submission.clientId,
        submissionId: submission.id,
        actorId: user.id,
        detail: { group: params.group },
      })
    })
    return response.type('image/jpeg').send(picture)
  }
}
