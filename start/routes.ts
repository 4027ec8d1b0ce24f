import '#app/identity/routes'
