import db from '@adonisjs/lucid/services/db'
import { frozenVersion } from '#app/catalog/frozen_version'
import type CallBack from '#app/replies/calls/call_back'
import { callBackSealContext } from '#app/replies/calls/call_backs'
import { refuseCalls } from '#app/registry/refused_numbers'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** Finds the number that is called: the one they left, or the one of their request; empty where neither is known. */
export async function phoneOfCall(callBack: CallBack, t?: Transition): Promise<string> {
  const client = t?.trx ?? db
  const { id, phone, dataKeyId, submissionId } = callBack
  if (phone && dataKeyId)
    return (await openSealer(dataKeyId, client)).openText(callBackSealContext(id), phone)
  const submission = submissionId
    ? await Submission.query(t && { client: t.trx })
        .where('id', submissionId)
        .first()
    : null
  if (!submission || submission.state === 'erased') return ''
  const { person } = (await frozenVersion(submission.serviceVersionId, client)).description
  return valueIn((await latestValues(submission, client))?.values)(person.phone)
}

/** Whether nobody is to call there any more, since it was planned. */
export async function isRefusedCall(callBack: CallBack, t?: Transition): Promise<boolean> {
  const phone = await phoneOfCall(callBack, t)
  const [isRefused] = await refuseCalls([{ clientId: callBack.clientId, phone }], t?.trx ?? db)
  return isRefused
}
