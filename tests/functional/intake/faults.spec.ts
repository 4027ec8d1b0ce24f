import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import diagnostics from 'node:diagnostics_channel'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { PDFDocument } from '@cantoo/pdf-lib'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { decodeScan } from '#app/intake/decode_scan'
import { receiveScan } from '#app/intake/receive_scan'
import type Scan from '#app/intake/scan'
import { Decoder } from '#app/reading/decoding/decoder'
import Service from '#app/catalog/service'
import { asPdf } from '#app/samples/make_sample'
import { setClock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { machineFault } from '#app/core/machine_fault'
import { destroyDueKeys } from '#app/core/sealing'
import { person, sample, vaccination } from '#tests/support/given'
import { heavyPdf } from '#tests/support/heavy_pdf'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'
import { WorkerProcess, timePasses, until } from '#tests/support/worker_process'

/** So many sheets of white paper. */
async function whitePaper(sheets: number): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  for (let sheet = 0; sheet < sheets; sheet++) pdf.addPage([595, 842])
  // Two files of as many sheets are two files.
  pdf.setSubject(newId())
  return Buffer.from(await pdf.save())
}

async function receive(content: Buffer, slug = 'vaccination'): Promise<Scan> {
  const service = await Service.findByOrFail('slug', slug)
  const received = await receiveScan(await person('madoguchi'), service, {
    key: newId(),
    name: 'scan.pdf',
    content,
  })
  if (!received.ok) throw new Error(received.reason)
  return received.scan
}

/** Is called with the decoding child's pid at each page; returns how to stop listening. */
function atEachPage(look: (pid: number, page: number) => void): () => void {
  const listen = (message: unknown) => {
    const { pid, number } = message as { pid: number; number: number }
    look(pid, number)
  }
  diagnostics.subscribe('hashiwatashi:page_decoded', listen)
  return () => diagnostics.unsubscribe('hashiwatashi:page_decoded', listen)
}

async function withDecoder<T>(work: (decoder: Decoder) => Promise<T>): Promise<T> {
  const decoder = new Decoder()
  try {
    return await work(decoder)
  } finally {
    decoder.close()
  }
}

const status = (pid: number, name: string) =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]

test.group('A file that brings the decoder down', (group) => {
  group.each.setup(reset)

  test('is refused for what it is, and its neighbors are taken at the first attempt', async ({
    assert,
  }) => {
    const before = await receive(await whitePaper(1))
    const heavy = await receive(heavyPdf())
    const after = await receive(await asPdf((await sample(31)).pages))
    await drainFlow()
    assert.deepInclude((await heavy.refresh()).serialize(), {
      state: 'refused',
      reason: 'too_heavy',
    })
    for (const innocent of [before, after])
      assert.deepInclude((await innocent.refresh()).serialize(), {
        state: 'separated',
        attempts: 1,
      })
  }).timeout(120_000)

  test('is tried once more in a child of its own before it is refused', async ({ assert }) => {
    await withDecoder(async (decoder) => {
      const pids = new Set<number>()
      const paper = await whitePaper(1)
      const stop = atEachPage((pid) => {
        // A fault of the library, the first time.
        if (pids.size === 1 && !pids.has(pid)) process.kill(pid, 'SIGSEGV')
        pids.add(pid)
      })
      await decoder.decode(paper, async () => {})
      pids.clear()
      pids.add(0)
      const pages: number[] = []
      const decoded = await decoder.decode(paper, async ({ number }) => void pages.push(number))
      stop()
      assert.deepEqual(decoded, { ok: true, pages: 1 })
      assert.deepEqual(pages, [1, 1])
      assert.equal(pids.size, 3)
    })
  })

  test('leaves its child to nobody else', async ({ assert }) => {
    await withDecoder(async (decoder) => {
      const pids: number[] = []
      const stop = atEachPage((pid) => pids.push(pid))
      const paper = await whitePaper(1)
      await decoder.decode(paper, async () => {})
      const broken = await decoder.decode(paper.subarray(0, 200), async () => {})
      await decoder.decode(paper, async () => {})
      stop()
      assert.deepEqual(broken, { ok: false, reason: 'broken' })
      assert.lengthOf(new Set(pids), 2)
    })
  })
})

test.group('The decoding child', () => {
  test('has bounds for memory, a user of its own and no network, as far as the machine allows', async ({
    assert,
  }) => {
    await withDecoder(async (decoder) => {
      let seen:
        { limits: string; user: string; groups: string; net: string; env: string } | undefined
      const stop = atEachPage((pid) => {
        seen = {
          limits: readFileSync(`/proc/${pid}/limits`, 'utf8'),
          user: status(pid, 'Uid'),
          groups: status(pid, 'Groups'),
          net: readlinkSync(`/proc/${pid}/ns/net`),
          env: readFileSync(`/proc/${pid}/environ`, 'utf8'),
        }
      })
      await decoder.decode(await whitePaper(1), async () => {})
      stop()
      assert.match(seen!.limits, /^Max address space\s+2662400000 /m)
      assert.match(seen!.limits, /^Max core file size\s+0 /m)
      assert.notMatch(seen!.env, /SEALING_KEYS|DATABASE_URL|APP_KEY/)
      if (process.getuid?.() === 0) {
        assert.match(seen!.user, /^(61120\s*){4}$/)
        assert.equal(seen!.groups.trim(), '')
        assert.match(seen!.limits, /^Max processes\s+512 /m)
        assert.notEqual(seen!.net, readlinkSync('/proc/self/ns/net'))
      } else assert.equal(seen!.user.split('\t')[0], String(process.getuid?.()))
    })
  })

  test('that is killed from outside is the machine’s fault: the file waits, at no cost', async ({
    assert,
  }) => {
    const scan = await receive(await whitePaper(3))
    let pages = 0
    const stop = atEachPage((pid) => {
      if (++pages === 2) process.kill(pid, 'SIGKILL')
    })
    await drainFlow()
    stop()
    assert.deepInclude((await scan.refresh()).serialize(), { state: 'received', attempts: 0 })
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include(
      (await desk.get(`/scans/${scan.id}`)).text,
      'ファイルを開くプログラムが、外から止められています'
    )

    await timePasses()
    await drainFlow()
    assert.equal((await scan.refresh()).state, 'separated')
    assert.lengthOf(await db.from('pages').where('scan_id', scan.id), 3)
  }).timeout(120_000)
})

test.group('A file over which the machine ends the decoder', (group) => {
  group.each.setup(reset)

  test('again and again waits, and is too heavy when others went through meanwhile', async ({
    assert,
  }) => {
    const scan = await receive(await whitePaper(2))
    const stop = atEachPage((pid, page) => {
      if (page === 2) process.kill(pid, 'SIGKILL')
    })
    try {
      for (let times = 0; times < 6; times++) {
        await drainFlow()
        await timePasses()
      }
      assert.equal((await scan.refresh()).state, 'received')
      await db
        .from('wakes')
        .where('subject_id', scan.id)
        .update({ at: db.raw(`now() + interval '1 minute'`) })
      const other = await receive(await whitePaper(1))
      await drainFlow()
      assert.equal((await other.refresh()).state, 'separated')
      assert.equal((await scan.refresh()).state, 'received')
      await timePasses()
      await drainFlow()
    } finally {
      stop()
    }
    assert.deepInclude((await scan.refresh()).serialize(), {
      state: 'refused',
      reason: 'too_heavy',
    })
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post(`/scans/${scan.id}/again`)
    await drainFlow()
    assert.equal((await scan.refresh()).state, 'separated')
  }).timeout(120_000)
})

test.group('A full disk', (group) => {
  group.each.setup(reset)

  test('is known from what the system says', ({ assert }) => {
    let error: unknown
    try {
      writeFileSync('/dev/full', 'x')
    } catch (caught) {
      error = caught
    }
    assert.equal(machineFault(new Error('Cannot write file', { cause: error })), 'disk_full')
    assert.isNull(machineFault(new Error('a file of its own')))
  })

  test('lets a scan wait: nothing is refused, no part of a file stays, and it goes on from there', async ({
    assert,
  }) => {
    const scan = await receive(await asPdf((await sample(32)).pages))
    const pictures = join(process.env.FILES_PATH!, 'pages')
    const had = existsSync(pictures) ? readdirSync(pictures).length : 0
    const worker = new WorkerProcess()
    try {
      worker.limitFiles(8192)
      await until('the alarm shows', async () => (await db.from('alarms')).length > 0)
      const waiting = () =>
        db
          .from('scans')
          .join('wakes', 'wakes.subject_id', 'scans.id')
          .where('scans.id', scan.id)
          .whereRaw('wakes.at > now()')
          .select('scans.*')
          .first()
      await until('it waits', async () => (await waiting()) !== null)
      assert.deepInclude(await waiting(), { state: 'received', reason: null, attempts: 0 })
      assert.deepEqual(
        (await db.from('alarms')).map((row) => row.fault),
        ['disk_full']
      )
      assert.equal(existsSync(pictures) ? readdirSync(pictures).length : 0, had)
      const desk = await Visitor.loggedIn('madoguchi')
      await until('the screen says why', async () => {
        const { text } = await desk.get(`/scans/${scan.id}`)
        return (
          text.includes('ディスクがいっぱいで、ファイルを保存できません') &&
          text.includes('届いたものは失われません')
        )
      })

      worker.limitFiles('unlimited')
      await timePasses()
      await until('it is read', async () => (await scan.refresh()).state === 'separated')
      assert.lengthOf(await db.from('submissions'), 1)
    } finally {
      await worker.stop()
    }
  }).timeout(240_000)

  test('is told in the reader’s language when a file comes, with an alarm', async ({ assert }) => {
    const files = join(process.env.FILES_PATH!, 'scans')
    const aside = `${files}.aside`
    if (existsSync(files)) renameSync(files, aside)
    writeFileSync(files, '')
    try {
      const desk = await Visitor.loggedIn('madoguchi')
      const { service } = await vaccination()
      const form = new FormData()
      form.set('service_id', service.id)
      form.set('upload_key', newId())
      form.append('files[]', new Blob([new Uint8Array(await whitePaper(1))]), 'paper.pdf')
      const page = await desk.post('/scans', form)
      assert.equal(page.status, 503)
      assert.include(page.text, 'こちらの機械の都合で、受けつけられませんでした')
      assert.notInclude(page.text, process.env.FILES_PATH!)
      const script = await desk.post('/scans', form, { accept: 'application/json' })
      assert.match(JSON.parse(script.text).message, /こちらの機械の都合で/)
      assert.isEmpty(await db.from('scans'))
      assert.include((await desk.get('/scans')).text, 'ファイルの置き場所に書けません')
    } finally {
      rmSync(files)
      if (existsSync(aside)) renameSync(aside, files)
    }
  })

  test('while a file arrives is no empty file', async ({ assert }) => {
    const desk = await Visitor.loggedIn('madoguchi')
    const { service } = await vaccination()
    const temporary = process.env.TMPDIR
    process.env.TMPDIR = '/nowhere'
    try {
      const form = new FormData()
      form.set('service_id', service.id)
      form.set('upload_key', newId())
      form.append('files[]', new Blob([new Uint8Array(await whitePaper(1))]), 'paper.pdf')
      const page = await desk.post('/scans', form)
      assert.equal(page.status, 503)
      assert.notInclude(page.text, 'nowhere')
    } finally {
      if (temporary) process.env.TMPDIR = temporary
      else delete process.env.TMPDIR
    }
  })
})

test.group('A refused file', (group) => {
  group.each.setup(reset)

  test('that may bear numbers can be opened for three working days, and tried again', async ({
    assert,
    cleanup,
  }) => {
    // Wednesday before a long weekend: Thursday, Friday and Tuesday are worked.
    cleanup(setClock('2026-07-15T10:00:00+09:00'))
    const scan = await receive((await whitePaper(1)).subarray(0, 300), 'onestop')
    await drainFlow()
    assert.equal((await scan.refresh()).state, 'refused')
    const desk = await Visitor.loggedIn('madoguchi')
    assert.include((await desk.get(`/scans/${scan.id}`)).text, 'もう一度開いてみる')
    await desk.post(`/scans/${scan.id}/again`)
    assert.equal((await scan.refresh()).state, 'received')
    await drainFlow()
    assert.equal((await scan.refresh()).state, 'refused')

    const key = () => db.from('data_keys').where('id', scan.dataKeyId).firstOrFail()
    setClock('2026-07-20T23:00:00+09:00')
    await destroyDueKeys()
    assert.isNotNull((await key()).wrapped)
    setClock('2026-07-21T00:30:00+09:00')
    await destroyDueKeys()
    assert.isNull((await key()).wrapped)
    assert.notInclude((await desk.get(`/scans/${scan.id}`)).text, 'もう一度開いてみる')
    await desk.post(`/scans/${scan.id}/again`)
    assert.equal((await scan.refresh()).state, 'refused')
  })
})

test.group('Small files', (group) => {
  group.each.setup(reset)

  test('don’t wait for a large one that came before them', async ({ assert }) => {
    const large = await receive(await whitePaper(60))
    const small = [await receive(await whitePaper(1)), await receive(await whitePaper(1))]
    const worker = new WorkerProcess()
    try {
      await until('all are read', async () => {
        const open = await db.from('scans').whereNot('state', 'separated')
        return open.length === 0
      })
    } finally {
      await worker.stop()
    }
    const decoded: { subject_id: string }[] = await db
      .from('events')
      .where('verb', 'scan.decoded')
      .orderBy('sequence')
    assert.deepEqual(
      decoded.map((event) => event.subject_id).toSorted(),
      [large, ...small].map((scan) => scan.id).toSorted()
    )
    assert.equal(decoded.at(-1)!.subject_id, large.id)
  }).timeout(240_000)

  test('are read before the later pages of a large one', async ({ assert }) => {
    const long = await receive(await whitePaper(21))
    await db.from('scans').where('id', long.id).update({ attempts: 4 })
    await decodeScan(long.id)
    assert.deepInclude((await long.refresh()).serialize(), { pagesKept: 20, attempts: 0 })
    await decodeScan(long.id)
    assert.equal((await long.refresh()).state, 'decoded')
    const forms = [await sample(33), await sample(34), await sample(35), await sample(36)]
    const large = await receive(await asPdf(forms.flatMap((form) => form.pages)))
    const small = await receive(await asPdf((await sample(37)).pages.slice(0, 1)))
    for (const { id } of [large, small]) await decodeScan(id)
    assert.lengthOf(await db.from('pages').where('state', 'pending'), 9)
    const worker = new WorkerProcess()
    try {
      const read = async () => db.from('events').where('verb', 'page.read').orderBy('sequence')
      await until('the small one is read', async () => (await small.refresh()).state !== 'decoded')
      const { id } = await db.from('pages').where('scan_id', small.id).firstOrFail()
      // Two are read at a time: each file's first page, then its others.
      assert.isBelow(
        (await read()).findIndex((event) => event.subject_id === id),
        3
      )
    } finally {
      await worker.stop()
    }
  }).timeout(240_000)
})
