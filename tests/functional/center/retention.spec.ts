import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import drive from '@adonisjs/drive/services/main'
import { test } from '@japa/runner'
import { carryOutDisposals } from '#app/center/retention/carry_out'
import Disposal from '#app/center/retention/disposal'
import { keepRule } from '#app/center/retention/keep_rule'
import { proposeDisposals } from '#app/center/retention/propose'
import { NOT_OF_SUBMISSIONS, verifyDisposals, WAYS } from '#app/center/retention/verify_disposals'
import { placeIn, SEALED_COLUMNS, SEALED_FILES } from '#app/center/backups/sealed_places'
import { removeDoomedFiles } from '#app/core/doomed_files'
import { endOriginals } from '#app/intake/end_originals'
import { drainFlow } from '#app/flow/sweeper'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { placeLegalHold } from '#app/submissions/legal_hold'
import type Submission from '#app/submissions/submission'
import Backup from '#app/center/backups/backup'
import { latestValues } from '#app/submissions/revision_values'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { createSealer } from '#app/core/sealing'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { givenKeyed, givenSubmission, person, serviceOf } from '#tests/support/given'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** A request that ended so many days ago. */
async function ended(days: number, made = givenSubmission): Promise<Submission> {
  const submission = await made()
  const desk = await person('madoguchi')
  await transition((t) =>
    submission.state === 'replying' ? submission.close(t) : submission.cancel(t, desk.id)
  )
  await drainFlow()
  await db
    .from('submissions')
    .where('id', submission.id)
    .update({ ended_at: db.raw('now() - make_interval(days => ?)', [days]) })
  return submission.refresh()
}

async function rule(
  pictures: number,
  values: number,
  slug: string | null = 'vaccination',
  originals = pictures
) {
  const { service } = await serviceOf('vaccination')
  const serviceId = slug ? (await serviceOf(slug)).service.id : null
  const subject = { clientId: service.clientId, serviceId }
  return keepRule(await person('kenko'), subject, { originals, pictures, values })
}

/** What is proposed, agreed on by the client and carried out. */
async function disposed(): Promise<Disposal> {
  await proposeDisposals()
  const disposal = await Disposal.query().orderBy('number', 'desc').firstOrFail()
  const client = await Visitor.loggedIn('kenko')
  await client.get(`/disposals/${disposal.id}`)
  await client.post(`/disposals/${disposal.id}/decision`, { decision: 'approved' })
  await carryOutDisposals()
  return disposal.refresh()
}

test.group('Retention', (group) => {
  group.each.setup(reset)

  test('lists what is over by the rule of its service, else of its client, once a week', async ({
    assert,
  }) => {
    const [old, older, young] = [await ended(40), await ended(400), await ended(20)]
    await givenSubmission()
    await proposeDisposals()
    assert.lengthOf(await Disposal.all(), 0)
    assert.isTrue(await rule(30, 365))
    // For all other services of the client: nothing of this one.
    assert.isTrue(await rule(1, 1, null))
    await proposeDisposals()
    await proposeDisposals()
    const [list] = await Disposal.all()
    const items = await db.from('disposal_items').orderBy('extent')
    assert.sameDeepMembers(
      items.map(({ record_id: id, extent }) => [id, extent]),
      [
        [old.id, 'pictures'],
        [older.id, 'all'],
      ]
    )
    assert.lengthOf(await Disposal.all(), 1)
    assert.equal(list.state, 'proposed')
    assert.equal((await young.refresh()).state, 'canceled')
    // Declined: asked again after a week, not at once.
    const client = await Visitor.loggedIn('kenko')
    await client.get('/disposals')
    await client.post(`/disposals/${list.id}/decision`, { decision: 'declined' })
    await proposeDisposals()
    assert.lengthOf(await Disposal.all(), 1)
    await db.from('disposals').update({ created_at: db.raw(`created_at - interval '8 days'`) })
    await proposeDisposals()
    assert.lengthOf(await Disposal.all(), 2)
  })

  test('destroys what the client agreed to, and nothing before, with a certificate', async ({
    assert,
  }) => {
    const whole = await ended(400, givenKeyed)
    const pictures = await ended(40, givenKeyed)
    const { file } = await db.from('scans').firstOrFail()
    await rule(30, 365)
    await proposeDisposals()
    await carryOutDisposals()
    assert.equal((await whole.refresh()).state, 'closed')
    const list = await Disposal.firstOrFail()
    for (const login of ['admin', 'leader', 'kotsu']) {
      const other = await Visitor.loggedIn(login)
      await other.get('/')
      const answer = await other.post(`/disposals/${list.id}/decision`, { decision: 'approved' })
      assert.oneOf(answer.status, [404, 422], login)
    }
    assert.equal((await list.refresh()).state, 'proposed')
    const leader = await Visitor.loggedIn('leader')
    assert.equal((await leader.get(`/disposals/${list.id}/certificate`)).status, 302)

    const done = await disposed()
    assert.equal(done.state, 'carried_out')
    assert.equal((await whole.refresh()).state, 'erased')
    assert.equal((await pictures.refresh()).state, 'closed')
    assert.equal((await latestValues(pictures))?.values.get('name')?.value, '山田 はるゑ')
    assert.isFalse(await drive.use().exists(file))
    assert.isAbove(done.keys, 4)
    const page = (await leader.get(`/submissions/${pictures.id}`)).text
    assert.include(page, '紙の画像は')
    assert.notInclude(page, '/snippets/')
    const image = await db.from('pages').where('submission_id', pictures.id).firstOrFail()
    assert.equal((await leader.get(`/pages/${image.id}/image`)).status, 404)
    assert.include((await leader.get(`/scans/${image.scan_id}`)).text, '画像は廃棄しました')

    const certificate = await leader.get(`/disposals/${list.id}/certificate`)
    const text = (await pagesOf(certificate.body)).join('')
    assert.include(text, '廃棄証明書')
    assert.include(text, whole.receipt)
    assert.include(text, pictures.receipt)
    assert.include(text, '健康課山本')
    assert.include(text, 'バックアップは、もうありません')
    assert.include(text, 'まだ記録されていません')
    const shown = await db
      .from('events')
      .where({ verb: 'disposal_certificate.viewed', subject_id: list.id })
    assert.lengthOf(shown, 1)
  })

  test('lists paper when its own time is over, and leaves what is kept of it here', async ({
    assert,
  }) => {
    const paper = await ended(40, givenKeyed)
    const [{ envelope }]: { envelope: string }[] = await db
      .rawQuery(
        `insert into envelopes (id, client_id, arrived_on, box, position)
       values (:id, :clientId, '2026-11-01', 'B-7', 3) returning id as envelope`,
        { id: newId(), clientId: paper.clientId }
      )
      .then(({ rows }) => rows)
    const beside = await ended(40, givenKeyed)
    await db
      .from('submissions')
      .whereIn('id', [paper.id, beside.id])
      .update({ envelope_id: envelope })
    const lists = async () => {
      await db.from('disposals').update({ created_at: db.raw(`created_at - interval '8 days'`) })
      await proposeDisposals()
      return Disposal.query().orderBy('number', 'desc')
    }
    await rule(365, 0, 'vaccination', 30)
    // The paper lies with that of another, which isn't done with, or is held.
    await db.from('submissions').where('id', beside.id).update({ ended_at: null })
    assert.lengthOf(await lists(), 0)
    await db.from('submissions').where('id', beside.id).update({ ended_at: paper.endedAt!.toSQL() })
    await placeLegalHold(await person('leader'), beside.id, '苦情')
    assert.lengthOf(await lists(), 0)
    await db.from('legal_holds').update({ lifted_at: db.raw('now()') })
    const leader = await Visitor.loggedIn('leader')
    const list = await disposed()
    const items = await db.from('disposal_items').select('record_id as id', 'extent', 'outcome')
    assert.sameDeepMembers(
      items,
      [paper, beside].map(({ id }) => ({ id, extent: 'originals', outcome: 'erased' }))
    )
    assert.deepInclude(list.$attributes, { keys: 0, files: 0 })
    const shown = await leader.get(`/disposals/${list.id}`)
    assert.include(shown.text, '箱 B-7、3番目')
    assert.include(shown.text, '紙の原本だけ 2件')
    assert.equal((await latestValues(paper))?.values.get('name')?.value, '山田 はるゑ')
    const image = await db.from('pages').where('submission_id', paper.id).firstOrFail()
    assert.equal((await leader.get(`/pages/${image.id}/image`)).status, 200)
    assert.deepEqual((await verifyDisposals()).remainders, [])
    // It isn't asked for again, whether or not it is noted yet what became of it.
    assert.lengthOf(await lists(), 1)
    await leader.post(`/disposals/${list.id}/paper`, {
      how: 'returned',
      on: today(),
      receipt: '健康課 山本',
    })
    assert.equal(
      (await db.from('envelopes').where({ id: envelope }).firstOrFail()).original,
      'returned'
    )
    assert.lengthOf(await lists(), 1)
    const text = (await pagesOf((await leader.get(`/disposals/${list.id}/certificate`)).body)).join(
      ''
    )
    assert.match(text, /受付\(紙の原本だけ\) ?2 ?件/)
    // Its pictures have their own time.
    await rule(35, 0, 'vaccination', 30)
    assert.lengthOf(await lists(), 2)
  })

  test('leaves paper that was held after it had been listed, or lies with what is', async ({
    assert,
  }) => {
    const [one, other] = [await ended(40, givenKeyed), await ended(40, givenKeyed)]
    const id = newId()
    await db.table('envelopes').insert({ id, client_id: one.clientId, arrived_on: '2026-11-01' })
    await db.from('submissions').whereIn('id', [one.id, other.id]).update({ envelope_id: id })
    await rule(365, 0, 'vaccination', 30)
    await proposeDisposals()
    await placeLegalHold(await person('leader'), other.id, '苦情')
    await disposed()
    assert.deepEqual(await db.from('disposal_items').distinct('outcome'), [{ outcome: 'held' }])
    // Nor is it noted as gone, whatever became of the other's pictures.
    await db
      .from('pages')
      .where('submission_id', other.id)
      .update({ erased_at: db.raw('now()') })
    const noted = async () => {
      await transition((t) => endOriginals(t, [one.id], 'destroyed'))
      return (await db.from('envelopes').where({ id }).firstOrFail()).original
    }
    assert.equal(await noted(), 'stored')
    await db.from('legal_holds').update({ lifted_at: db.raw('now()') })
    assert.equal(await noted(), 'destroyed')
  })

  test('names the day on which the last back-up goes that could still open it', async ({
    assert,
  }) => {
    await ended(400)
    await rule(30, 365)
    const backup = await Backup.create({ id: newId(), state: 'asked' })
    await transition((t) => backup.start(t))
    await transition((t) => backup.finish(t))
    const list = await disposed()
    const after = await Backup.create({ id: newId(), state: 'asked' })
    await transition((t) => after.start(t))
    await transition((t) => after.finish(t))
    await db
      .from('backups')
      .where('id', backup.id)
      .update({ created_at: db.raw(`now() - interval '5 days'`) })
    const leader = await Visitor.loggedIn('leader')
    const text = (await pagesOf((await leader.get(`/disposals/${list.id}/certificate`)).body)).join(
      ''
    )
    const [year, month, day] = addDays(today(), 30).split('-').map(Number)
    assert.include(text, `(${year}年)${month}月${day}日に消えます`)
  })

  test('leaves what is held, and what was opened again after it had been listed', async ({
    assert,
  }) => {
    const [held, later, reopened] = [await ended(400), await ended(400), await ended(400)]
    const again = await ended(400)
    const leader = await Visitor.loggedIn('leader')
    await leader.get(`/submissions/${held.id}`)
    assert.equal((await leader.post(`/submissions/${held.id}/hold`, { reason: ' ' })).status, 302)
    assert.lengthOf(await db.from('legal_holds'), 0)
    await leader.post(`/submissions/${held.id}/hold`, { reason: '審査請求が出ている' })
    assert.include((await leader.get(`/submissions/${held.id}`)).text, '審査請求が出ている')
    await rule(30, 365)
    await proposeDisposals()
    const list = await Disposal.firstOrFail()
    assert.lengthOf(await db.from('disposal_items'), 3)
    assert.isTrue(await placeLegalHold(await person('leader'), later.id, '苦情'))
    assert.isFalse(await placeLegalHold(await person('leader'), later.id, 'もう一度'))
    await db.from('submissions').where('id', reopened.id).update({ ended_at: null })
    // Ended anew, its time counts from then.
    await db
      .from('submissions')
      .where('id', again.id)
      .update({ ended_at: db.raw('now()') })
    await disposed()
    const outcomes = await db.from('disposal_items').select('record_id as id', 'outcome')
    assert.sameDeepMembers(outcomes, [
      { id: later.id, outcome: 'held' },
      { id: reopened.id, outcome: 'open' },
      { id: again.id, outcome: 'open' },
    ])
    for (const one of [held, later, reopened]) assert.equal((await one.refresh()).state, 'canceled')
    assert.equal((await list.refresh()).state, 'carried_out')
    // Nor by the command, whoever gives it.
    assert.equal((await eraseSubmission(held.receipt)).outcome, 'held')
    await leader.post(`/submissions/${held.id}/hold/end`)
    assert.equal((await eraseSubmission(held.receipt)).outcome, 'erased')
    // Why it was held may have said something of its person.
    assert.lengthOf(await db.from('legal_holds').where({ submission_id: held.id, reason: '' }), 1)
  })

  test('counts each key and file once, whoever carries it out beside another', async ({
    assert,
  }) => {
    for (let count = 0; count < 3; count++) await ended(400)
    await rule(30, 365)
    await proposeDisposals()
    const list = await Disposal.firstOrFail()
    const client = await Visitor.loggedIn('kenko')
    await client.get(`/disposals/${list.id}`)
    await client.post(`/disposals/${list.id}/decision`, { decision: 'approved' })
    await Promise.all([carryOutDisposals(), carryOutDisposals(), carryOutDisposals()])
    await list.refresh()
    assert.equal(list.state, 'carried_out')
    const { rows } = await db.rawQuery(
      'select count(*)::int as keys from data_keys where destroyed_at is not null'
    )
    assert.equal(list.keys, rows[0].keys)
    const [{ pages }] = await db.from('disposal_items').sum('pages as pages')
    assert.equal(Number(pages), 6)
  })

  test('is carried out by one at a time, and goes on after one that died', async ({ assert }) => {
    const submission = await ended(400)
    await rule(30, 365)
    await proposeDisposals()
    const list = await Disposal.firstOrFail()
    const client = await Visitor.loggedIn('kenko')
    await client.get(`/disposals/${list.id}`)
    await client.post(`/disposals/${list.id}/decision`, { decision: 'approved' })
    const claimed = (until: string) =>
      db.from('disposals').update({ claimed_until: db.raw(`now() + interval '${until}'`) })
    await claimed('1 minute')
    await carryOutDisposals()
    assert.equal((await submission.refresh()).state, 'canceled')
    await claimed('-1 second')
    await carryOutDisposals()
    assert.equal((await submission.refresh()).state, 'erased')
    assert.equal((await list.refresh()).state, 'carried_out')
  })

  test('removes files later that can’t be removed now, and doesn’t stop at one that fails', async ({
    assert,
  }) => {
    const [one, other] = [await ended(400), await ended(400)]
    await rule(30, 365)
    await proposeDisposals()
    const list = await Disposal.firstOrFail()
    const client = await Visitor.loggedIn('kenko')
    await client.get(`/disposals/${list.id}`)
    await client.post(`/disposals/${list.id}/decision`, { decision: 'approved' })
    const page = await db.from('pages').where('submission_id', one.id).firstOrFail()
    const disk = drive.use()
    const remove = disk.delete.bind(disk)
    disk.delete = async (path: string) => {
      if (path === page.image) throw Object.assign(new Error('away'), { code: 'EIO' })
      return remove(path)
    }
    try {
      await assert.rejects(carryOutDisposals)
    } finally {
      disk.delete = remove
    }
    assert.equal((await other.refresh()).state, 'erased')
    assert.isTrue(await disk.exists(page.image))
    await removeDoomedFiles()
    assert.isFalse(await disk.exists(page.image))
    assert.lengthOf(await db.from('doomed_files'), 0)
    await carryOutDisposals()
    assert.equal((await list.refresh()).state, 'carried_out')
    assert.deepEqual((await verifyDisposals()).remainders, [])
  })

  test('isn’t agreed to by who had the list made', async ({ assert }) => {
    await ended(400)
    await rule(30, 365)
    const client = await Visitor.loggedIn('kenko')
    await client.get('/disposals')
    const { location } = await client.post('/disposals')
    const answer = await client.post(`${location}/decision`, { decision: 'approved' })
    assert.equal(answer.status, 422)
    assert.equal((await Disposal.firstOrFail()).state, 'proposed')
  })

  test('keeps what shares a scan with something under legal hold', async ({ assert }) => {
    const [one, other] = [await ended(400), await ended(400)]
    const { scan_id: scan } = await db.from('pages').where('submission_id', one.id).firstOrFail()
    await db
      .from('pages')
      .where('submission_id', other.id)
      .update({ scan_id: scan, number: db.raw('number + 100') })
    await placeLegalHold(await person('leader'), other.id, '苦情')
    assert.equal((await eraseSubmission(one.receipt)).outcome, 'held')
  })

  test('finds whatever remains, without asking those who destroyed it', async ({ assert }) => {
    const submission = await ended(400, givenKeyed)
    await rule(30, 365)
    await disposed()
    const verify = async () => (await verifyDisposals()).remainders.map(({ what }) => what).sort()
    assert.deepEqual(await verify(), [])
    const command = await ace.exec('retention:verify', [])
    assert.equal(command.exitCode ?? 0, 0)
    const page = await db.from('pages').where('submission_id', submission.id).firstOrFail()
    await drive.use().put(page.image, 'left behind')
    assert.deepEqual(await verify(), ['pages.image (file)', 'pages.registered_image (file)'])
    await drive.use().delete(page.image)
    const { dataKeyId: living } = await createSealer(db, 'test')
    await db.from('pages').where('id', page.id).update({ data_key_id: living })
    assert.include(await verify(), 'pages.image')
    await db.from('pages').where('id', page.id).update({ data_key_id: page.data_key_id })
    await db.from('submissions').where('id', submission.id).update({ data_key_id: living })
    assert.include(await verify(), 'revision_values.value')
    assert.include(await verify(), 'entries.values')
    await db
      .from('submissions')
      .where('id', submission.id)
      .update({ data_key_id: submission.dataKeyId, person: 'token' })
    assert.deepEqual(await verify(), ['submissions.person'])
    assert.equal((await ace.exec('retention:verify', [])).exitCode, 1)
  })

  test('every sealed table is of submissions by a way that is known, or of something else', async ({
    assert,
  }) => {
    const tables = [...SEALED_COLUMNS, ...SEALED_FILES].map(({ name }) => placeIn(name).table)
    assert.sameMembers([...new Set(tables)], [...Object.keys(WAYS), ...NOT_OF_SUBMISSIONS])
  })

  test('keeps what became of the paper, once, after it was carried out', async ({ assert }) => {
    const envelope = newId()
    const { service } = await serviceOf('vaccination')
    await db
      .table('envelopes')
      .insert({ id: envelope, client_id: service.clientId, arrived_on: today() })
    const one = await ended(400, () => givenSubmission({ envelopeId: envelope }))
    const other = await givenSubmission({ envelopeId: envelope })
    await rule(30, 365)
    const leader = await Visitor.loggedIn('leader')
    await proposeDisposals()
    const { id } = await Disposal.firstOrFail()
    await leader.get(`/disposals/${id}`)
    const end = { how: 'returned', on: today(), receipt: '健康課 山本 受領' }
    await leader.post(`/disposals/${id}/paper`, end)
    assert.isNull((await Disposal.findOrFail(id)).paper)
    const list = await disposed()
    for (const wrong of [{ on: addDays(today(), 1) }, { on: '2026-02-30' }, { receipt: '' }])
      assert.equal((await leader.post(`/disposals/${id}/paper`, { ...end, ...wrong })).status, 422)
    await leader.post(`/disposals/${id}/paper`, end)
    await leader.post(`/disposals/${id}/paper`, { ...end, how: 'destroyed' })
    assert.equal((await list.refresh()).paper, 'returned')
    const original = async () =>
      (await db.from('envelopes').where('id', envelope).firstOrFail()).original
    // The envelope holds another's paper too.
    assert.equal(await original(), 'stored')
    assert.equal((await one.refresh()).state, 'erased')
    assert.equal((await other.refresh()).state, 'keying')
    const text = (await pagesOf((await leader.get(`/disposals/${id}/certificate`)).body)).join('')
    assert.include(text, '健康課山本受領')
  })

  test('takes rules that make sense, of one’s own clients', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const { service } = await serviceOf('vaccination')
    const bus = (await serviceOf('bus')).service
    await client.get('/retention')
    const of = { client_id: service.clientId, service_id: service.id }
    for (const wrong of [
      { pictures: '40', values: '30' },
      { pictures: '0', values: '30' },
      { originals: '', pictures: '30', values: '30' },
      { originals: '31', pictures: '30', values: '0' },
      { originals: '0', pictures: '30', values: '0' },
      { pictures: '30', values: '' },
      { pictures: '-1', values: '30' },
      { pictures: '1.5', values: '30' },
      { pictures: 'x', values: '30' },
      { pictures: '30', values: '99999' },
    ]) {
      const answer = await client.post('/retention', { ...of, originals: '30', ...wrong })
      assert.equal(answer.status, 422, JSON.stringify(wrong))
      assert.include(answer.text, '何も変えていません')
    }
    for (const foreign of [
      { client_id: bus.clientId, service_id: '' },
      { client_id: service.clientId, service_id: bus.id },
    ]) {
      const answer = await client.post('/retention', {
        ...foreign,
        originals: '1',
        pictures: '1',
        values: '1',
      })
      assert.equal(answer.status, 404)
    }
    assert.lengthOf(await db.from('retention_rules'), 0)
    await client.post('/retention', { ...of, originals: '６０', pictures: '90', values: '0' })
    const page = (await client.get('/retention')).text
    for (const days of [60, 90, 0]) assert.include(page, `value="${days}"`)
    await client.post('/retention', { ...of, originals: '', pictures: '', values: '' })
    assert.lengthOf(await db.from('retention_rules'), 0)
    const told: { detail: object }[] = await db
      .from('events')
      .where('verb', 'retention.changed')
      .orderBy('sequence')
    assert.deepEqual(told[1].detail, {
      originals_from: 60,
      originals_to: null,
      pictures_from: 90,
      pictures_to: null,
      values_from: 0,
      values_to: null,
    })
  })
})
