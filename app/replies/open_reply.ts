import type ServiceVersion from '#app/catalog/service_version'
import { products } from '#app/replies/products/product'
import Reply from '#app/replies/reply'
import type Submission from '#app/submissions/submission'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

export interface NewReply {
  kind: string
  /** the name of a registered one */
  product: string
  revisionId: string
  /** tells apart replies of one kind about one revision: what each was for */
  occasion?: string
}

/**
 * Begins an answer to a resident, once for each kind and occasion. What leaves at the desk is printed while the
 * person waits; all else is composed by the flow. Where the service has no words for it, nothing is sent.
 */
export async function openReply(
  t: Transition,
  submission: Submission,
  version: ServiceVersion,
  reply: NewReply
): Promise<Reply | null> {
  if (!version.description.replies.letters[reply.kind]) return null
  const isHanded = products.get(reply.product).leaves === 'desk'
  if (!isHanded && !version.description.person.address) return null
  const id = newId()
  const opened = await Reply.firstOrCreate(
    { revisionId: reply.revisionId, kind: reply.kind, occasion: reply.occasion ?? '' },
    {
      id,
      clientId: submission.clientId,
      dataKeyId: submission.dataKeyId,
      templateVersion: version.description.replies.version,
      product: reply.product,
      state: isHanded ? 'ready' : 'drafted',
    },
    { client: t.trx }
  )
  await opened.related('submissions').sync([submission.id], false)
  if (opened.id === id) opened.recordOpening(t)
  return opened
}
