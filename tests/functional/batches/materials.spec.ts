import { readdir } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { loadBatch } from '#app/batches/load_batch'
import Piece from '#app/batches/pieces/piece'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { drainFlow } from '#app/flow/sweeper'
import { kitDefinition, listKits } from '#app/batches/kinds/kits'
import { definitionFrom, definitionValidator } from '#app/batches/kinds/typed_definition'
import {
  accept,
  answer,
  givenBatch,
  givenBatchOf,
  givenKind,
  KIND,
  nextOf,
  acceptPack,
} from '#tests/support/given_batch'
import { silence } from '#tests/support/sound'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const SOUND = silence(1)

function card(red: number): Promise<Buffer> {
  const background = { r: red, g: 200, b: 200 }
  return sharp({ create: { width: 400, height: 240, channels: 3, background } })
    .png()
    .toBuffer()
}

async function send(
  leader: Visitor,
  path: string,
  files: { name: string; content: Buffer }[]
): Promise<{ ok: boolean; message: string }[]> {
  const form = new FormData()
  for (const { name, content } of files)
    form.append('files[]', new Blob([new Uint8Array(content)]), name)
  const { text } = await leader.post(`${path}/files`, form, { accept: 'application/json' })
  return (JSON.parse(text) as { files: { ok: boolean; message: string }[] }).files
}

test.group('A batch of files', (group) => {
  group.each.setup(reset)

  test('takes each once, refuses what it can’t show, and begins when told', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await leader.post(`${path}/begin`)
    assert.include((await leader.get(path)).text, 'まだ1件もありません')
    const answers = await send(leader, path, [
      { name: '名刺1.png', content: await card(10) },
      { name: '名刺2.png', content: await card(20) },
      { name: '同じ.png', content: await card(10) },
      { name: '空.png', content: Buffer.alloc(0) },
      { name: '写真.heic', content: Buffer.from('\0\0\0\x18ftypheic0000') },
      { name: '文.txt', content: Buffer.from('text') },
      { name: 'こわれた.pdf', content: Buffer.from('%PDF-1.7 broken') },
    ])
    assert.deepEqual(
      answers.map(({ ok }) => ok),
      [true, true, true, false, false, false, true]
    )
    assert.include(answers[2].message, 'もうあります')
    await leader.post(`${path}/begin`)
    await drainFlow()
    const page = (await leader.get(path)).text
    assert.include(page, 'ファイルがこわれています')
    assert.include(page, '1 / 3')
    const late = await send(leader, path, [{ name: 'あと.png', content: await card(30) }])
    assert.isFalse(late[0].ok)
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    assert.include((await operator.get(piece)).text, '名刺1.png')
    const picture = await operator.get(`${piece}/pictures/1`)
    assert.equal(picture.headers.get('content-type'), 'image/jpeg')
    assert.equal(picture.headers.get('cache-control'), 'no-store')
    assert.equal((await sharp(picture.body).metadata()).width, 400)
    // Another's lease, or one's own that is over, opens nothing.
    const other = await Visitor.loggedIn('operator2')
    assert.equal((await other.get(`${piece}/pictures/1`)).status, 404)
    await answer(operator, piece, { f1: '青嶺', f2: '' })
    assert.equal((await operator.get(`${piece}/pictures/1`)).status, 404)
    const { text } = await leader.get(`${path}/file`)
    assert.include(text, '"名刺1.png","青嶺"')
  })

  test('gives one back that came in by mistake', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [
      { name: '違う.png', content: await card(10) },
      { name: '名刺.png', content: await card(20) },
    ])
    const { file } = await db.from('pieces').where('number', 1).firstOrFail()
    assert.include((await leader.get(path)).text, '違う.png')
    await leader.post(`${path}/pieces/1/removal`)
    assert.notInclude((await leader.get(path)).text, '違う.png')
    assert.lengthOf(await db.from('doomed_files').where('path', file), 1)
    // Another takes no number that is taken, and it may come back.
    const back = await send(leader, path, [{ name: 'また.png', content: await card(10) }])
    assert.isTrue(back[0].ok)
    assert.equal((await db.from('batches').firstOrFail()).pieces_total, 2)
    await leader.post(`${path}/begin`)
    await drainFlow()
    await leader.post(`${path}/pieces/2/removal`)
    assert.lengthOf(await db.from('pieces').where('state', 'open'), 2)
  })

  test('goes on around one over which its worker ends again and again', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [
      { name: '重い.png', content: await card(10) },
      { name: '軽い.png', content: await card(20) },
    ])
    // Five workers have ended over the first one.
    await db.from('pieces').where('number', 1).update({ tries: 5 })
    await leader.post(`${path}/begin`)
    await drainFlow()
    const [heavy, light] = await db.from('pieces').orderBy('number').select('state', 'reason')
    assert.deepEqual(heavy, { state: 'left_out', reason: 'file_too_heavy' })
    assert.equal(light.state, 'open')
    // A file that can't be opened has nothing to be done once more.
    await leader.post(`${path}/pieces/1/again`, { why: 'もう一度' })
    assert.equal((await db.from('pieces').where('number', 1).firstOrFail()).state, 'left_out')
  })

  test('is not taken for heavy because the store was away', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [{ name: '名刺.png', content: await card(10) }])
    const { id, file } = await db.from('pieces').firstOrFail()
    await db.from('pieces').update({ file: `${file}.away` })
    await leader.post(`${path}/begin`)
    for (let attempt = 0; attempt < 6; attempt++) {
      await db.from('batches').update({ claimed_until: null })
      await assert.rejects(() => loadBatch(path.split('/').at(-1)!))
    }
    assert.include(await db.from('pieces').firstOrFail(), { state: 'received', tries: 0 })
    await db.from('pieces').where('id', id).update({ file })
    await drainFlow()
    assert.equal((await db.from('pieces').firstOrFail()).state, 'open')
  })

  test('that was begun already is taken out with its pictures; once opened it stays', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [
      { name: '一.png', content: await card(10) },
      { name: '二.png', content: await card(20) },
    ])
    const [one, two] = await db.from('pieces').orderBy('number')
    await db.table('piece_pictures').insert({
      id: newId(),
      piece_id: one.id,
      number: 1,
      data_key_id: one.data_key_id,
      file: 'pieces/picture',
    })
    await transition((t) => Piece.open(t, [two.id]))
    await leader.post(`${path}/pieces/1/removal`)
    await leader.post(`${path}/pieces/2/removal`)
    assert.deepEqual(await db.from('pieces').select('number'), [{ number: 2 }])
    assert.lengthOf(await db.from('doomed_files').where('path', 'pieces/picture'), 1)
  })

  test('is not taken for heavy where each ends its worker: that is the machine', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [{ name: '名刺.png', content: await card(10) }])
    await db.from('pieces').update({ tries: 50 })
    await leader.post(`${path}/begin`)
    await drainFlow()
    assert.equal((await db.from('pieces').firstOrFail()).state, 'open')
  })

  test('is opened turn by turn', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    const cards = await Promise.all(Array.from({ length: 23 }, (_, index) => card(index)))
    await send(
      leader,
      path,
      cards.map((content, index) => ({ name: `${index}.png`, content }))
    )
    await leader.post(`${path}/begin`)
    await drainFlow()
    assert.lengthOf(await db.from('pieces').where('state', 'open'), 23)
    assert.equal((await db.from('batches').firstOrFail()).state, 'open')
  })

  test('of pictures stays at the center', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader, { material: 'file', at_home: '1' })
    const path = await givenBatchOf(leader, kind, { home_work_agreed: '1' })
    await send(leader, path, [{ name: '名刺.png', content: await card(10) }])
    await leader.post(`${path}/begin`)
    await drainFlow()
    const home = await Visitor.loggedIn('operator4', 'home')
    assert.equal((await home.get(`/work/offers/${path.split('/').at(-1)!}`)).status, 404)
  })

  test('of sounds is heard and written down, line by line', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader, {
      'material': 'file',
      'unit': 'minute',
      'fields[0][kind]': 'long_text',
      'fields[1][label]': '',
    })
    const path = await givenBatchOf(leader, kind)
    await send(leader, path, [{ name: '会議.wav', content: SOUND }])
    await leader.post(`${path}/begin`)
    await drainFlow()
    const operator = await Visitor.loggedIn('operator1')
    const piece = await accept(operator, path)
    assert.include((await operator.get(piece)).text, 'data-player')
    const sound = await operator.get(`${piece}/sound`)
    assert.equal(sound.headers.get('content-type'), 'audio/wav')
    assert.isTrue(sound.body.equals(SOUND))
    const text = `[00:00:00] はい。\r\n${'長い話。'.repeat(2000)}`
    // As it is written it is kept, whatever its length.
    await operator.put(`${piece}/draft`, { 'values[f1]': text })
    assert.include((await operator.get(piece)).text, '長い話。長い話。')
    await answer(operator, piece, { f1: text })
    const line = (await leader.get(`${path}/file`)).text
    assert.include(line, `"[00:00:00] はい。\n${'長い話。'.repeat(2000)}"`)
  })

  test('lies sealed: its files say nothing', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatchOf(leader, await givenKind(leader, { material: 'file' }))
    await send(leader, path, [{ name: '会議.wav', content: SOUND }])
    const [{ file, name }] = await db.from('pieces').select('file', 'name')
    const { default: drive } = await import('@adonisjs/drive/services/main')
    const bytes = Buffer.from(await drive.use().getBytes(file))
    assert.isFalse(bytes.includes('WAVE'))
    assert.isFalse((name as Buffer).includes('会議'))
  })
})

test.group('A batch of an outside tool', (group) => {
  group.each.setup(reset)

  test('has as many pieces as are asked for, each with its address', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader, {
      material: 'link',
      link: 'https://tool.example.jp/tasks/{number}?ref={id}',
    })
    await assert.rejects(() => givenBatchOf(leader, kind))
    const path = await givenBatchOf(leader, kind, { asked_pieces: '３' })
    await leader.post(`${path}/begin`)
    await drainFlow()
    assert.include((await leader.get(path)).text, '0 / 3')
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    const piece = await db.from('pieces').where('number', 1).firstOrFail()
    const { text } = await operator.get(await nextOf(operator, pack))
    assert.include(text, `https://tool.example.jp/tasks/1?ref=${piece.id}`)
    assert.include(text, 'rel="noopener noreferrer"')
  })
})

test.group('A kind of work', (group) => {
  group.each.setup(reset)

  test('is refused in plain words, with everything that was typed', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    for (const [more, says] of [
      [{ 'fields[0][label]': '', 'fields[1][label]': '' }, '答えの項目が1つもありません'],
      [{ 'fields[1][label]': '氏名' }, '同じ名前の項目'],
      [{ 'fields[1][kind]': 'choice', 'fields[1][options]': '一つ' }, '選ぶものを2つ以上'],
      [{ material: 'link' }, '外の道具のアドレスを書いてください'],
      [{ material: 'link', link: 'javascript:alert(1)' }, 'https://'],
      [{ price: '-1' }, '範囲の外'],
      [{ check: '101' }, '範囲の外'],
    ] as const) {
      const answered = await leader.post('/work-kinds', { ...KIND, ...more })
      assert.equal(answered.status, 422)
      assert.include(answered.text, says)
      assert.include(answered.text, '電話は市外局番から。')
    }
    await givenKind(leader)
    const twice = await leader.post('/work-kinds', KIND)
    assert.include(twice.text, 'その名前の種類は、もうあります')
  })

  test('changes for batches that come; those that are there stay', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { kind: { price: '１２' } })
    const kind = await db.from('work_kinds').firstOrFail()
    const page = `/work-kinds/${kind.id}`
    assert.include((await leader.get(page)).text, 'value="f2"')
    await leader.post(page, { ...KIND, 'name': '別の名', 'price': '20', 'fields[0][key]': 'f1' })
    const operator = await Visitor.loggedIn('operator1')
    const offer = (await operator.get(`/work/offers/${path.split('/').at(-1)}`)).text
    assert.include(offer, '名簿の入力')
    assert.include(offer, '1件 12 円')
    await leader.post(`${page}/closing`, { closed: 'yes' })
    assert.notInclude((await leader.get('/batches/new')).text, '別の名')
  })

  test('has pictures beside its instructions, which batches keep', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const kind = await givenKind(leader)
    const page = `/work-kinds/${kind}`
    const form = (content: Buffer) => {
      const data = new FormData()
      data.set('picture', new Blob([new Uint8Array(content)]), 'a.png')
      return data
    }
    await leader.post(`${page}/pictures`, form(Buffer.from('text')))
    assert.include((await leader.get(page)).text, '絵として開けません')
    await leader.post(`${page}/pictures`, form(await card(90)))
    const [{ id }] = await db.from('work_pictures').select('id')
    const path = await givenBatchOf(leader, kind)
    await leader.delete(`${page}/pictures/${id}`)
    const shown = (await leader.get(page)).text
    assert.notInclude(shown, String(id))
    const operator = await Visitor.loggedIn('operator1')
    const picture = await operator.get(`${page}/pictures/${id}`)
    assert.equal(picture.headers.get('content-type'), 'image/webp')
    const batch = await db.from('batches').where('id', path.split('/').at(-1)!).firstOrFail()
    assert.deepEqual(batch.definition.pictures, [id])
  })

  test('comes with the product in both languages, and could be kept as it is', async ({
    assert,
  }) => {
    const files = await readdir(app.makePath('resources/work'))
    for (const locale of ['ja', 'en'] as const) {
      const kits = await listKits(locale)
      assert.lengthOf(kits, files.length)
      for (const { slug } of kits) {
        const definition = (await kitDefinition(slug, locale))!
        const typed = {
          ...definition,
          at_home: definition.atHome,
          fields: definition.fields.map((field) => ({
            ...field,
            options: field.options?.join('\n'),
          })),
        }
        const input = await definitionValidator.validate(typed)
        const made = definitionFrom(input, [])
        assert.isTrue(made.ok, slug)
      }
    }
    assert.isNull(await kitDefinition('../lang/ja/batches', 'ja'))
  })
})
