import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/login', [controllers.people.Sessions, 'create'])
  .use([middleware.everybody(), middleware.guest()])
  .as('login')
router.post('/login', [controllers.people.Sessions, 'store']).use(middleware.everybody())
router
  .get('/login/directory', [controllers.people.directory.Directory, 'begin'])
  .use(middleware.everybody())
router
  .get('/login/directory/return', [controllers.people.directory.Directory, 'end'])
  .use(middleware.everybody())
router.get('/setup/:code', [controllers.people.setup.Setup, 'show']).use(middleware.everybody())
router.post('/setup/:code', [controllers.people.setup.Setup, 'store']).use(middleware.everybody())
router.post('/locale', [controllers.people.Locales, 'update']).use(middleware.everybody())

router
  .group(() => {
    router.post('/logout', [controllers.people.Sessions, 'destroy'])
    router.get('/session', [controllers.people.Sessions, 'show'])
    router.get('/waiting', [controllers.people.Waiting, 'index'])
    router.post('/type-size', [controllers.people.TypeSizes, 'update'])
    router.get('/account', [controllers.people.Account, 'show'])
    router.post('/account/sessions/:handle/end', [controllers.people.Account, 'end'])
    router.post('/account/recovery-codes', [controllers.people.secondFactor.SecondFactor, 'renew'])
    router.post('/account/recovery-codes/sheet', [
      controllers.people.secondFactor.SecondFactor,
      'sheet',
    ])
    router.post('/account/pin', [controllers.people.lock.Lock, 'pin'])
    router.post('/account/factors/:id/removal', [
      controllers.people.secondFactor.SecondFactor,
      'destroy',
    ])
    router.get('/second-factor', [controllers.people.secondFactor.SecondFactor, 'show'])
    router.post('/second-factor', [controllers.people.secondFactor.SecondFactor, 'store'])
    router.get('/second-factor/token', [controllers.people.secondFactor.SecondFactor, 'token'])
    router.post('/second-factor/token', [controllers.people.secondFactor.SecondFactor, 'confirm'])
    router.post('/second-factor/passkeys/options', [
      controllers.people.secondFactor.Passkeys,
      'make',
    ])
    router.post('/second-factor/passkeys', [controllers.people.secondFactor.Passkeys, 'store'])
    router.post('/second-factor/passkey', [controllers.people.secondFactor.Passkeys, 'prove'])
    router.post('/second-factor/certificates', [
      controllers.people.secondFactor.Certificates,
      'store',
    ])
    router.post('/unlock/passkey', [controllers.people.secondFactor.Passkeys, 'unlock'])
    for (const path of ['/second-factor', '/unlock'])
      router
        .post(`${path}/passkey/options`, [controllers.people.secondFactor.Passkeys, 'show'])
        .as(`passkey_options.${path.slice(1)}`)
    router.get('/locked', [controllers.people.lock.Lock, 'show'])
    router.post('/lock', [controllers.people.lock.Lock, 'store'])
    router.post('/touch', [controllers.people.lock.Lock, 'touch'])
    router.post('/unlock', [controllers.people.lock.Lock, 'destroy'])
    router.get('/password', [controllers.people.passwords.Passwords, 'show'])
    router.post('/password', [controllers.people.passwords.Passwords, 'store'])
  })
  .use(middleware.may('home.see'))

router
  .group(() => {
    router.get('/operators', [controllers.people.engagements.Engagements, 'index'])
    router
      .get('/operators/export', [controllers.people.engagements.Engagements, 'export'])
      .use(middleware.seen('operators_export'))
    router.post('/operators/import', [controllers.people.engagements.Engagements, 'import'])
    router
      .get('/operators/:id', [controllers.people.engagements.Engagements, 'show'])
      .use(middleware.seen('operator'))
    router.post('/operators/:id', [controllers.people.engagements.Engagements, 'update'])
    router.post('/operators/:id/details', [controllers.people.engagements.Details, 'update'])
    router.post('/operators/:id/loans', [controllers.people.engagements.Details, 'lend'])
    router.post('/operators/:id/loans/:loan/return', [
      controllers.people.engagements.Details,
      'takeBack',
    ])
    router.get('/consents', [controllers.people.consents.Consents, 'index'])
    router.post('/consents/needs', [controllers.people.consents.Consents, 'need'])
    router.post('/consents/regions', [controllers.people.consents.Consents, 'regions'])
    router.post('/consents', [controllers.people.consents.Consents, 'store'])
    router.get('/consents/print', [controllers.people.consents.Consents, 'print'])
    router.post('/consents/:id/end', [controllers.people.consents.Consents, 'end'])
    router.post('/operators/:id/skills', [controllers.people.engagements.Engagements, 'addSkill'])
    router.post('/operators/:id/skills/removal', [
      controllers.people.engagements.Engagements,
      'removeSkill',
    ])
  })
  .use(middleware.may('operators.keep'))
  .where('id', router.matchers.uuid())
  .where('loan', router.matchers.uuid())

router
  .group(() => {
    router.get('/people', [controllers.people.members.People, 'index'])
    router.post('/people', [controllers.people.members.People, 'store'])
    router.get('/people/new', [controllers.people.members.People, 'create'])
    router.post('/people/invitations', [controllers.people.members.Invitations, 'printAll'])
    router.get('/people/import', [controllers.people.members.Imports, 'create'])
    router.post('/people/import', [controllers.people.members.Imports, 'store'])
    router.get('/people/:id', [controllers.people.members.People, 'show'])
    router.post('/people/:id', [controllers.people.members.People, 'update'])
    router.post('/people/:id/invitation/mail', [controllers.people.members.Invitations, 'mail'])
    router.post('/people/:id/invitation', [controllers.people.members.Invitations, 'print'])
    router.post('/people/:id/factors/removal', [
      controllers.people.secondFactor.FactorResets,
      'store',
    ])
    router.post('/people/:id/freezing', [controllers.people.members.Freezes, 'store'])
    router.post('/people/:id/unfreezing', [controllers.people.members.Freezes, 'destroy'])
    router.post('/people/:id/leaving', [controllers.people.members.People, 'leave'])
    router.post('/people/:id/return', [controllers.people.members.People, 'return'])
  })
  .use([middleware.may('people.manage'), middleware.seen('people')])

router
  .group(() => {
    router.get('/roles', [controllers.people.roles.Roles, 'index'])
    router.post('/roles', [controllers.people.roles.Roles, 'store'])
    router.get('/roles/export', [controllers.people.roles.Roles, 'export'])
    router.post('/roles/import', [controllers.people.roles.Roles, 'import'])
    router.get('/roles/new', [controllers.people.roles.Roles, 'create'])
    router.get('/roles/:id', [controllers.people.roles.Roles, 'show'])
    router.post('/roles/:id', [controllers.people.roles.Roles, 'update'])
    router.post('/roles/:id/removal', [controllers.people.roles.Roles, 'destroy'])
  })
  .use(middleware.may('roles.manage'))

router
  .group(() => {
    router.get('/organizations', [controllers.people.organizations.Organizations, 'index'])
    router.post('/organizations', [controllers.people.organizations.Organizations, 'store'])
    router.post('/organizations/import', [controllers.people.organizations.Organizations, 'import'])
    router.post('/organizations/:id', [controllers.people.organizations.Organizations, 'update'])
  })
  .use(middleware.may('organizations.manage'))
