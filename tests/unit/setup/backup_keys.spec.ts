import { test } from '@japa/runner'
import { openSecrets, sealSecrets } from '../../../bin/setup/backup_keys.js'

test.group('Keys in a back-up', () => {
  test('open with their passphrase and no other', ({ assert }) => {
    const secrets = { SEALING_KEYS: 'a,b', INSTALLATION: 'c0ffee' }
    const kept = sealSecrets(secrets, 'ひみつ の ことば')
    assert.notInclude(JSON.stringify(kept), 'c0ffee')
    assert.deepEqual(openSecrets(kept, 'ひみつ の ことば'), secrets)
    assert.isNull(openSecrets(kept, 'ひみつのことば'))
    assert.isNull(
      openSecrets({ ...kept, tag: Buffer.alloc(16).toString('base64') }, 'ひみつ の ことば')
    )
  })
})
