import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { unzipSync, zipSync } from 'fflate'
import { proveExport } from '#app/center/audit/signed_export'
import { addDays } from '#app/core/japanese_calendar'
import { today } from '#app/core/clock'
import { givenKeyed, givenSubmission } from '#tests/support/given'
import { sealAll } from '#tests/support/seal_all'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('The audit screen', (group) => {
  group.each.setup(reset)

  test('says who saw and did what to whom: by person, by resident, by kind, by day', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get(`/submissions/${submission.id}`)
    const admin = await Visitor.loggedIn('admin')
    const all = (await admin.get('/audit')).text
    assert.include(all, '受付 見ました')
    const saw = (await admin.get(`/audit?receipt=${submission.receipt}`)).text
    assert.include(saw, '田中 美咲')
    assert.include(saw, submission.receipt)
    const hers = (await admin.get('/audit?who=madoguchi')).text
    assert.include(hers, '受付 見ました')
    assert.notInclude(hers, '佐藤 花')
    const kind = (await admin.get('/audit?kind=entry')).text
    assert.notInclude(kind, '受付 見ました')
    assert.include(
      (await admin.get(`/audit?from=${addDays(today(), 1)}`)).text,
      'この条件の記録はありません'
    )
    assert.equal((await admin.get('/audit?who=nobody')).status, 422)
    assert.equal((await admin.get('/audit?receipt=うめ-0000')).status, 422)
    assert.equal((await admin.get('/audit?from=2026-02-30')).status, 422)
    assert.equal((await admin.get('/audit?record=8f2a')).status, 422)
    // Who looked is looked at.
    assert.isNotNull(await db.from('events').where('verb', 'audit.listed').first())
    // A record that no receipt names is found by itself.
    const login = await db.from('events').where('verb', 'login.succeeded').firstOrFail()
    assert.include((await admin.get('/audit?kind=login')).text, `record=${login.subject_id}`)
    for (const more of ['&kind=login', '']) {
      const { text } = await admin.get(`/audit?record=${login.subject_id}${more}`)
      assert.include(text, login.subject_id.slice(-8))
      assert.notInclude(text, '受付 見ました')
    }
    assert.equal((await desk.get('/audit')).status, 404)
  })

  test('shows a client what is its own, and nobody a protected person’s number', async ({
    assert,
  }) => {
    const submission = await givenSubmission()
    await db.from('users').where('login', 'kifu').update({ role: 'client_admin' })
    await db.from('users').where('login', 'kenko').update({ role: 'client_admin' })
    const other = await Visitor.loggedIn('kifu')
    assert.notInclude((await other.get('/audit')).text, submission.receipt)
    assert.equal((await other.get(`/audit?receipt=${submission.receipt}`)).status, 422)
    const own = await Visitor.loggedIn('kenko')
    assert.include((await own.get(`/audit?receipt=${submission.receipt}`)).text, submission.receipt)
    // Of the center's people a client finds those who had to do with it, and no others.
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get(`/submissions/${submission.id}`)
    const seen = await own.get('/audit?who=madoguchi')
    assert.include(seen.text, '受付 見ました')
    assert.equal((await own.get('/audit?who=operator4')).status, 422)
    assert.equal((await other.get('/audit?who=madoguchi')).status, 422)

    await db
      .connection('owner')
      .from('submissions')
      .where('id', submission.id)
      .update({ protected: true })
    await db.from('users').where('login', 'admin').update({ sees_protected: false })
    const admin = await Visitor.loggedIn('admin')
    assert.notInclude((await admin.get('/audit')).text, submission.receipt)
    await db.from('users').where('login', 'admin').update({ sees_protected: true })
    assert.include((await admin.get('/audit')).text, submission.receipt)
  })

  test('shows fifty at a time, in order, whatever is added meanwhile', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const center = await db.from('organizations').where('kind', 'center').firstOrFail()
    await db.table('events').multiInsert(
      Array.from({ length: 120 }, () => ({
        verb: 'scan.received',
        subject_type: 'scan',
        subject_id: center.id,
        detail: '{}',
      }))
    )
    const seen: number[] = []
    let path = '/audit?kind=scan'
    for (;;) {
      const { text } = await admin.get(path)
      seen.push(text.split('読取ファイル 受け取りました').length - 1)
      const older = /before=(\d+)"/.exec(text)?.[1]
      if (!older) break
      path = `/audit?kind=scan&before=${older}`
    }
    assert.deepEqual(seen, [50, 50, 20])
  })

  test('is taken away signed, and what was changed in it is found', async ({ assert }) => {
    await givenSubmission()
    await sealAll()
    const admin = await Visitor.loggedIn('admin')
    const { body } = await admin.get('/audit/export')
    assert.deepInclude(await proveExport(body), { ok: true })
    const files = unzipSync(body)
    assert.include(Buffer.from(files['events.csv']).toString(), 'submission.opened')
    const changed = Buffer.from(files['events.csv']).toString().replace('submission.opened', 'x.y')
    const forged = Buffer.from(zipSync({ ...files, 'events.csv': Buffer.from(changed) }))
    assert.deepEqual(await proveExport(forged), { ok: false })
    // Whoever makes the hash anew has no key for the signature.
    const signed = JSON.parse(Buffer.from(files['signature.json']).toString())
    const sha256 = createHash('sha256').update(changed).digest('hex')
    const anew = zipSync({
      'events.csv': Buffer.from(changed),
      'signature.json': Buffer.from(JSON.stringify({ ...signed, sha256 })),
    })
    assert.deepEqual(await proveExport(Buffer.from(anew)), { ok: false })

    const folder = mkdtempSync(join(tmpdir(), 'audit-'))
    try {
      writeFileSync(join(folder, 'audit.zip'), body)
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [app.makePath('ace.js'), 'audit:verify', '--export', join(folder, 'audit.zip')],
        { cwd: app.makePath(), env: process.env }
      )
      assert.include(stdout, 'as this installation wrote it')
    } finally {
      rmSync(folder, { recursive: true })
    }
    await db
      .connection('owner')
      .from('event_seals')
      .update({ hash: Buffer.alloc(32) })
    assert.deepEqual(await proveExport(body), { ok: false })
  })
})
