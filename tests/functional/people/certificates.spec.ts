import env from '#start/env'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import User from '#app/people/user'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Of two machines: made out for these tests, and nobody has their keys. */
const TABLET_17 = `-----BEGIN CERTIFICATE-----
MIIBpjCCAU2gAwIBAgIUUD4ejcOOe2iU7rEy4Fo1cBMJrxUwCgYIKoZIzj0EAwIw
KDESMBAGA1UECgwJQW9uZSBDaXR5MRIwEAYDVQQDDAl0YWJsZXQtMTcwIBcNMjYx
MTI5MDcwMjI4WhgPMjEyNjExMDUwNzAyMjhaMCgxEjAQBgNVBAoMCUFvbmUgQ2l0
eTESMBAGA1UEAwwJdGFibGV0LTE3MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
hZ+Q6IHfcQ/51mQGyON1fKOYjk9kJsLy+SR8RG9btYQw5w4MtWSCGSpDRaIGPlDT
H+XmPtmZULVwQ3C40p5CxaNTMFEwHQYDVR0OBBYEFJHvsDWzH7CZiuDdjxK5XSkk
L0HwMB8GA1UdIwQYMBaAFJHvsDWzH7CZiuDdjxK5XSkkL0HwMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgf7QXcxaR0STvZOnMO27SgcYAha7IM+JM
Gt4ckXR5TGsCIEAXFFtsDz2LwK7F6rhem7Nnj12GW+DLVy2wFRVXEjgo
-----END CERTIFICATE-----
`
const TABLET_18 = `-----BEGIN CERTIFICATE-----
MIIBpjCCAU2gAwIBAgIUT/tf0xLqBaPbASHwPoJ9sDcrhxcwCgYIKoZIzj0EAwIw
KDESMBAGA1UECgwJQW9uZSBDaXR5MRIwEAYDVQQDDAl0YWJsZXQtMTgwIBcNMjYx
MTI5MDcwMjI4WhgPMjEyNjExMDUwNzAyMjhaMCgxEjAQBgNVBAoMCUFvbmUgQ2l0
eTESMBAGA1UEAwwJdGFibGV0LTE4MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
6gyE/0C16bg1KmEsX49E0xGduGQBb8Et5epz63J22Vk5vUFNBdAgE1Zg7psKq/Oe
fqe9iQ5gVG1AOnAFr0rfxKNTMFEwHQYDVR0OBBYEFPhQDrBvEljD48ayK7QMV1Av
Wh+PMB8GA1UdIwQYMBaAFPhQDrBvEljD48ayK7QMV1AvWh+PMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgawVuoOLUfuwujhDKapnLmyRB9GXqU1NV
uX3v0t4EmncCIH12zco3VYS79hhlzEwu/lj7Xx7ncx9vxkKEfpp4OnQq
-----END CERTIFICATE-----
`
const HEADER = 'x-client-certificate'

/** Signs in at home with the password alone, at a machine with this certificate. */
async function withCertificate(login: string, text: string): Promise<Visitor> {
  const visitor = new Visitor()
  visitor.headers = { [HEADER]: text }
  await visitor.get('/login')
  await visitor.post('/login', { login, password: DEMO_PASSWORD, site: 'home' })
  await visitor.get('/', true)
  return visitor
}

const confirmed = () => db.from('second_factors').whereNotNull('confirmed_at')

test.group('A machine’s certificate', (group) => {
  group.each.setup(reset)
  group.each.setup(() => {
    env.set('CLIENT_CERTIFICATE_HEADER', HEADER)
    env.set('TRUST_PROXY', true)
    return () => {
      env.set('CLIENT_CERTIFICATE_HEADER', '')
      env.set('TRUST_PROXY', false)
    }
  })

  test('stands for a code on its machine, of who registered it', async ({ assert }) => {
    const pem = encodeURIComponent(TABLET_17)
    const operator = await withCertificate('operator4', pem)
    const page = (await operator.get('/second-factor/token')).text
    assert.include(page, 'CN=tablet-17')
    const codes = await operator.post('/second-factor/certificates')
    assert.include(codes.text, 'class="codes')
    assert.equal((await operator.get('/work')).status, 200)

    // The same certificate, as another proxy writes it.
    const der = TABLET_17.replaceAll(/-----.*-----|\s/g, '')
    const again = await withCertificate('operator4', der)
    assert.equal((await again.get('/work')).status, 200)
    assert.isNotNull((await confirmed())[0].used_at)

    for (const text of [encodeURIComponent(TABLET_18), 'none', ''])
      assert.equal(
        (await (await withCertificate('operator4', text)).get('/work')).location,
        '/second-factor'
      )
    await User.query()
      .where('login', 'operator1')
      .update({ sites: ['home'] })
    const other = await withCertificate('operator1', pem)
    assert.equal((await other.get('/work')).location, '/second-factor')
  })

  test('counts only where a trusted proxy has checked it', async ({ assert }) => {
    const pem = encodeURIComponent(TABLET_17)
    const operator = await withCertificate('operator4', pem)
    await operator.post('/second-factor/certificates')
    env.set('TRUST_PROXY', false)
    const again = await withCertificate('operator4', pem)
    assert.equal((await again.get('/work')).location, '/second-factor')
    // Whoever has a factor gives it first.
    env.set('TRUST_PROXY', true)
    again.headers = { [HEADER]: encodeURIComponent(TABLET_18) }
    await again.post('/second-factor/certificates')
    assert.equal((await again.get('/work')).location, '/second-factor')
    assert.lengthOf(await confirmed(), 1)
  })

  test('is added and taken away by who knows the password', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    admin.headers = { [HEADER]: encodeURIComponent(TABLET_17) }
    await admin.get('/account')
    await admin.post('/second-factor/certificates', { password: 'another' })
    assert.lengthOf(await confirmed(), 0)
    assert.include((await admin.get('/account')).text, 'パスワードがちがう')
    await admin.post('/second-factor/certificates', { password: DEMO_PASSWORD })
    const [kept] = await confirmed()
    assert.equal(kept.kind, 'certificate')

    await admin.post('/account/recovery-codes', { password: '' })
    const { id } = await User.findByOrFail('login', 'admin')
    const renewed = () =>
      db.from('events').where({ verb: 'factor.codes_renewed', subject_id: id }).first()
    assert.isNull(await renewed())
    await admin.post('/account/recovery-codes', { password: DEMO_PASSWORD })
    assert.isNotNull(await renewed())
    await admin.get('/second-factor/token')
    await admin.post(`/account/factors/${kept.id}/removal`, { password: 'another' })
    assert.lengthOf(await confirmed(), 1)
    await admin.post(`/account/factors/${kept.id}/removal`, { password: DEMO_PASSWORD })
    assert.lengthOf(await confirmed(), 0)
    // The last takes the recovery codes along, whatever was begun beside it.
    assert.lengthOf(await db.from('recovery_codes'), 0)
  })
})
