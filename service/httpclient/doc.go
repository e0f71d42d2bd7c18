// Package httpclient sends the requests of scripts to services: one client for the whole server, with pooled connections, which
// reaches only what the configuration names and holds its limits against hostile servers. There is no Lua in it.
//
// It lies below service/, beside rasa/ and luaapi/, because luaapi/http and the engine use it: what lies in internal/ stands on
// the engine, and imports point one way.
package httpclient
