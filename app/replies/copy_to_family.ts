import { fieldOf, show } from '#app/catalog/field_values'
import { frozenVersion } from '#app/catalog/frozen_version'
import { relativesOf, type Relative } from '#app/registry/relatives'
import type { Letter } from '#app/replies/letter'
import { products } from '#app/replies/products/product'
import Reply from '#app/replies/reply'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { factsOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

/**
 * Family who get copies of letters, as the resident has agreed, each get their own sheet: a reply of its own, composed
 * like any other. Nobody gets copies of what goes to a protected person, and of a copy there is none.
 */
export async function copyToFamily(t: Transition, reply: Reply): Promise<void> {
  // Family gets paper, however the resident herself is answered.
  const product = reply.paperProduct ?? reply.product
  if (reply.relativeId || !products.get(product).copied) return
  const submission = await submissionOf(t, reply)
  if (submission.protected) return
  for (const relative of await copied(t, submission)) {
    const id = newId()
    const copy = await Reply.firstOrCreate(
      {
        revisionId: reply.revisionId,
        kind: reply.kind,
        occasion: `${reply.occasion}copy:${relative.id}`,
      },
      {
        id,
        clientId: reply.clientId,
        dataKeyId: reply.dataKeyId,
        templateVersion: reply.templateVersion,
        product,
        relativeId: relative.id,
        state: 'drafted',
      },
      { client: t.trx }
    )
    await copy.related('submissions').sync([submission.id], false)
    if (copy.id === id) copy.recordOpening(t)
  }
}

/** A letter as it goes to the relative of a copy; null where the consent holds no more. */
export async function asCopy(t: Transition, reply: Reply, letter: Letter): Promise<Letter | null> {
  const submission = await submissionOf(t, reply)
  const relative = submission.protected
    ? undefined
    : (await copied(t, submission)).find((one) => one.id === reply.relativeId)
  if (!relative) return null
  return {
    ...letter,
    to: {
      postcode: show(fieldOf('postcode'), relative.postcode),
      address: relative.address,
      name: relative.name,
    },
    text: { ...letter.text, title: `${letter.text.title} (写し)` },
  }
}

function submissionOf(t: Transition, reply: Reply): Promise<Submission> {
  return Submission.query({ client: t.trx })
    .whereIn(
      'id',
      t.trx.from('reply_submissions').where('reply_id', reply.id).select('submission_id')
    )
    .firstOrFail()
}

async function copied(t: Transition, submission: Submission): Promise<Relative[]> {
  const version = await frozenVersion(submission.serviceVersionId, t.trx)
  const value = valueIn((await latestValues(submission, t.trx))?.values)
  const family = await relativesOf(
    submission.clientId,
    factsOf(version.description.person, value),
    t.trx
  )
  return family.filter((relative) => relative.getsCopies)
}
