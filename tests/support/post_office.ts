import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real mail server within the tests. */
export interface PostOffice {
  port: number
  /** what arrived, in order */
  mails: ParsedMail[]
  close(): Promise<void>
}

/**
 * Opens a mail server on a port of its own.
 * @param rules the login it asks for, addresses that it has never heard of, and a sender from whom it takes nothing
 */
export async function openPostOffice(
  rules: { login?: [string, string]; unknown?: string[]; port?: number; stranger?: string } = {}
): Promise<PostOffice> {
  const mails: ParsedMail[] = []
  const server = new SMTPServer({
    disabledCommands: rules.login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: !rules.login,
    allowInsecureAuth: true,
    onAuth({ username, password }, _, done) {
      const isRight = username === rules.login?.[0] && password === rules.login?.[1]
      done(isRight ? null : new Error('wrong'), isRight ? { user: username } : undefined)
    },
    onMailFrom({ address }, _, done) {
      const isStranger = rules.stranger === address
      done(isStranger ? Object.assign(new Error('not from you'), { responseCode: 550 }) : null)
    },
    onRcptTo({ address }, _, done) {
      const isUnknown = rules.unknown?.includes(address)
      done(isUnknown ? Object.assign(new Error('no such person'), { responseCode: 550 }) : null)
    },
    onData(stream, _, done) {
      void simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
      })
    },
  })
  server.on('error', () => {})
  const inner = server.listen(rules.port ?? 0, '127.0.0.1')
  await once(inner, 'listening')
  return {
    port: (inner.address() as AddressInfo).port,
    mails,
    close: () => new Promise((done) => server.close(() => done())),
  }
}
