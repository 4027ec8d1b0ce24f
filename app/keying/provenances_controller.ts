import type { HttpContext } from '@adonisjs/core/http'
import { frozenVersion } from '#app/catalog/frozen_version'
import { provenanceOf } from '#app/keying/provenance'
import { visibleTo } from '#app/people/client_scope'
import { recordLook } from '#app/submissions/record_look'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

/** The origin of a submission's values: the paper, the machine, people, decisions. */
export default class ProvenancesController {
  async show(ctx: HttpContext) {
    const { submission, version, values } = await collected(ctx)
    await recordLook(ctx.auth.getUserOrFail(), submission)
    const groups = version.description.groups.map((group) => ({
      ...group,
      values: values.filter((one) => one.group === group.key),
    }))
    return ctx.view.render('keying/provenance', {
      submission,
      version,
      groups,
      isOnPaper: submission.channel === 'paper',
    })
  }

  /** The same as a file. */
  async export(ctx: HttpContext) {
    const user = ctx.auth.getUserOrFail()
    const { submission, version, values } = await collected(ctx)
    await transition(async (t) => {
      t.recordOnly({
        verb: 'submission.provenance_exported',
        subject: { type: 'submission', id: submission.id },
        clientId: submission.clientId,
        submissionId: submission.id,
        actorId: user.id,
      })
    })
    const name = `provenance-${submission.id}.json`
    ctx.response.header('Content-Disposition', `attachment; filename="${name}"`)
    return ctx.response.json({
      receipt: submission.receipt,
      service: version.description.slug,
      version: version.number,
      values,
    })
  }
}

async function collected({ auth, params }: HttpContext) {
  const user = auth.getUserOrFail()
  const submission = await visibleTo(Submission.query(), user)
    .where('submissions.id', params.id)
    .whereNot('state', 'erased')
    .firstOrFail()
  const version = await frozenVersion(submission.serviceVersionId)
  return { submission, version, values: await provenanceOf(submission, version, user) }
}
