import { Agent, request } from 'node:http'
import db from '@adonisjs/lucid/services/db'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { sealDraft } from '#app/desk/visits/live_draft'
import { askingPerson, personToken } from '#app/submissions/person_token'
import User from '#app/people/user'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { createSealers } from '#app/core/sealing'
import { BASE } from '#bench/client'
import { DEMO_PASSWORD } from '#database/seeders/demo'

const BATCH = 500

export interface Waiting {
  visitId: string
  submissionId: string
}

/** People of whom everything is known but the time; each in a visit of their own. */
export async function givenPeople(count: number, channel: 'counter' | 'phone'): Promise<Waiting[]> {
  const service = await Service.findByOrFail('slug', 'vaccination')
  const version = await newestVersion(service.id)
  const clerk = await User.findByOrFail('login', 'madoguchi')
  const people: Waiting[] = []
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from)
    await db.transaction(async (trx) => {
      const sealers = await createSealers(trx, 'submission', size)
      const rows = sealers.map((sealer, index) => {
        const [visitId, submissionId, party] = [newId(), newId(), newId()]
        const values: Record<string, string> = {
          name_kana: `テスト ${channel}${from + index}`,
          birth_date: '1944-05-03',
          vaccines: 'influenza',
        }
        const value = (field: string | undefined) => (field && values[field]) || ''
        const submission = { id: submissionId }
        people.push({ visitId, submissionId })
        return {
          visit: {
            id: visitId,
            client_id: service.clientId,
            service_id: service.id,
            channel,
            party,
            user_id: clerk.id,
            asked_by: 'self',
          },
          submission: {
            id: submissionId,
            receipt: submissionId,
            client_id: service.clientId,
            service_version_id: version.id,
            data_key_id: sealer.dataKeyId,
            channel,
            party,
            visit_id: visitId,
            arrived_on: today(),
            state: 'collecting',
            person: personToken(askingPerson({ submission, version, value })),
            draft: sealDraft(submissionId, sealer, { values, registered: true, complete: true }),
          },
        }
      })
      await trx.table('visits').multiInsert(rows.map((row) => row.visit))
      await trx.table('submissions').multiInsert(rows.map((row) => row.submission))
    })
  }
  return people
}

/** A clerk's browser: one session, one connection at a time. Lost connections are answers like others: status 0. */
export class Clerk {
  static readonly #agent = new Agent({ keepAlive: true, maxSockets: 400 })
  #cookie = ''
  #token = ''

  static async login(): Promise<Clerk> {
    const clerk = new Clerk()
    await clerk.send('GET', '/login')
    await clerk.send('POST', '/login', { login: 'madoguchi', password: DEMO_PASSWORD })
    await clerk.send('GET', '/calls/ringing')
    await clerk.send('GET', '/desk/find')
    return clerk
  }

  post(path: string, fields: Record<string, string> = {}): Promise<number> {
    return this.send('POST', path, fields)
  }

  send(method: string, path: string, fields: Record<string, string> = {}): Promise<number> {
    const body = new URLSearchParams(fields).toString()
    return new Promise((resolve) => {
      const sent = request(
        BASE + path,
        {
          method,
          agent: Clerk.#agent,
          headers: {
            'accept': method === 'GET' ? 'text/html' : 'application/json',
            'cookie': this.#cookie,
            'x-csrf-token': this.#token,
            ...(method === 'POST'
              ? {
                  'content-type': 'application/x-www-form-urlencoded',
                  'content-length': Buffer.byteLength(body),
                }
              : {}),
          },
        },
        (answer) => {
          const set = answer.headers['set-cookie'] ?? []
          if (set.length > 0) this.#cookie = set.map((one) => one.split(';')[0]).join('; ')
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (part: string) => (text += part))
          answer.on('error', () => resolve(0))
          answer.on('end', () => {
            this.#token = /name="csrf-token" content="([^"]+)"/.exec(text)?.[1] ?? this.#token
            resolve(answer.statusCode ?? 0)
          })
        }
      )
      sent.on('error', () => resolve(0))
      sent.end(method === 'POST' ? body : undefined)
    })
  }
}
