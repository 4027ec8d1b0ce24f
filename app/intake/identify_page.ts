import app from '@adonisjs/core/services/app'
import type User from '#app/identity/user'
import ServiceVersion from '#app/catalog/service_version'
import Page from '#app/intake/page'
import { openPicture, toJpeg } from '#app/recognition/gray_image'
import { keepReadings } from '#app/recognition/keep_readings'
import { readFields } from '#app/recognition/read_picture'
import { Recognizer } from '#app/recognition/recognizer'
import { registerPage } from '#app/recognition/register_page'
import { readSealedFile, writeSealedFile } from '#app/shared/sealed_files'
import { openSealer } from '#app/shared/sealing'
import { transition, type Transition } from '#app/shared/transition'
import { addTask } from '#app/work/add_task'
import { endAssignment } from '#app/work/end_assignment'
import type Assignment from '#app/work/assignment'

/** Why a page doesn't go on: it stays in the books, set aside. */
export type SetAsideReason = 'blank' | 'attachment' | 'not_ours' | 'duplicate' | 'unreadable'

/**
 * A person says which form and side a page is. If its corners can be found the machine reads it; then
 * it waits for its other side. A form of one page opens its submission at once when it is paired.
 */
export async function identifyPage(
  user: User,
  assignment: Assignment,
  versionId: string,
  formPage: number
): Promise<void> {
  const page = await Page.findOrFail(assignment.task.subjectId)
  const version = await ServiceVersion.findOrFail(versionId)
  const sealer = await openSealer(page.dataKeyId)
  const recognizer = await app.container.make(Recognizer)
  const registered = await registerPage(await openPicture(await readSealedFile(sealer, page.image)))
  const fields = registered.ok
    ? await readFields(registered.image, version.description, formPage, recognizer)
    : []
  const registeredImage = registered.ok
    ? await writeSealedFile(sealer, 'pages', await toJpeg(registered.image))
    : null
  await transition(async (t) => {
    const open = await Page.query({ client: t.trx })
      .where({ id: page.id, state: 'identify' })
      .whereNull('serviceVersionId')
      .forUpdate()
      .first()
    if (!open || !(await endAssignment(t, assignment, 'done'))) return
    await open
      .merge({
        serviceVersionId: version.id,
        formPage,
        reason: 'doubtful_pair',
        registeredImage,
        homography: registered.ok ? JSON.stringify(registered.homography) : null,
        residualMm: registered.ok ? registered.residualMm : null,
      })
      .save()
    await keepReadings(t.trx, sealer, page.id, recognizer, fields)
    await addTask(t, {
      kind: 'pair',
      subject: { type: 'page', id: page.id },
      clientId: page.clientId,
      linkageId: page.id,
      place: 'center',
    })
    t.record({
      verb: 'page.identified',
      subject: { type: 'page', id: page.id },
      clientId: page.clientId,
      actorId: user.id,
      detail: { formPage },
    })
  })
}

/** A person says that a page isn't to be keyed, and why. */
export async function setPageAside(
  user: User,
  assignment: Assignment,
  reason: SetAsideReason
): Promise<void> {
  await transition(async (t: Transition) => {
    const page = await Page.query({ client: t.trx })
      .where({ id: assignment.task.subjectId, state: 'identify' })
      .forUpdate()
      .first()
    if (!page || !(await endAssignment(t, assignment, 'done'))) return
    await page.merge({ state: 'set_aside', reason }).save()
    t.record({
      verb: 'page.set_aside',
      subject: { type: 'page', id: page.id },
      clientId: page.clientId,
      actorId: user.id,
      detail: { reason },
    })
  })
}
