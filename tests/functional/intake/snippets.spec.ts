import drive from '@adonisjs/drive/services/main'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { drainFlow } from '#app/flow/sweeper'
import Page from '#app/intake/page'
import { cutSnippets, keepSnippets } from '#app/intake/keep_snippets'
import { snippetOfGroup } from '#app/keying/snippet_of_group'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import { newId } from '#app/core/ids'
import { asPdf } from '#app/samples/make_sample'
import { eraseSubmission } from '#app/submissions/erase_submission'
import Submission from '#app/submissions/submission'
import { sample, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function givenRead(): Promise<Submission> {
  const desk = await Visitor.loggedIn('madoguchi')
  const { pages } = await sample(7)
  const { service } = await vaccination()
  const file = { name: 'form.pdf', content: await asPdf(pages) }
  await desk.upload([file], { service_id: service.id, upload_key: newId() })
  await drainFlow()
  return Submission.query().firstOrFail()
}

function files(): Promise<{ page_id: string; group_key: string; file: string }[]> {
  return db.from('snippets').orderBy('group_key')
}

test.group('Pictures of entry groups', (group) => {
  group.each.setup(reset)

  test('are cut when a page is read, and served as they lie there', async ({ assert }) => {
    const submission = await givenRead()
    const { version } = await vaccination()
    const kept = await files()
    assert.sameMembers(
      kept.map((one) => one.group_key),
      version.description.groups.map(({ key }) => key)
    )
    for (const { page_id: pageId, group_key: key, file } of kept) {
      const page = await Page.findOrFail(pageId)
      assert.equal(version.area(key).page, page.formPage)
      const lying = await readSealedFile(await openSealer(page.dataKeyId), file)
      assert.deepEqual(await snippetOfGroup(submission.id, version, key), lying)
    }
    // Nothing is cut again: what the row names is served.
    const [one, other] = kept.filter(({ page_id: pageId }) => pageId === kept[0].page_id)
    const others = await snippetOfGroup(submission.id, version, other.group_key)
    await db.from('snippets').where('file', one.file).update({ file: other.file })
    assert.deepEqual(await snippetOfGroup(submission.id, version, one.group_key), others)
    // One read before they were cut is cut at each look, with the same edges.
    const [{ group_key: key }] = kept
    await db
      .from('snippets')
      .where({ page_id: one.page_id, group_key: key })
      .update({ file: one.file })
    const before = await sharp((await snippetOfGroup(submission.id, version, key))!).metadata()
    await db.from('snippets').delete()
    const after = await sharp((await snippetOfGroup(submission.id, version, key))!).metadata()
    assert.deepEqual([after.width, after.height], [before.width, before.height])
  })

  test('of an earlier reading go when the page is read anew, and all go with the request', async ({
    assert,
  }) => {
    const submission = await givenRead()
    const before = await files()
    const page = await Page.findOrFail(before[0].page_id)
    const { version } = await vaccination()
    const sealer = await openSealer(page.dataKeyId)
    const registered = await readSealedFile(sealer, page.registeredImage!)
    const cut = await cutSnippets(sealer, version, page.formPage!, registered)
    await transition((t) => keepSnippets(t, page, cut))
    const old = before.filter((one) => one.page_id === page.id).map(({ file }) => file)
    const now = (await files()).filter((one) => one.page_id === page.id)
    assert.lengthOf(now, old.length)
    assert.notIncludeMembers(
      now.map(({ file }) => file),
      old
    )
    const doomed: { path: string }[] = await db.from('doomed_files').select('path')
    assert.sameMembers(
      doomed.map(({ path }) => path),
      old
    )

    const erased = await eraseSubmission(submission.receipt)
    assert.equal(erased.outcome, 'erased')
    for (const { file } of await files()) assert.isFalse(await drive.use().exists(file))
  })
})
