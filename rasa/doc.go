// Package rasa is the contract with Rasa: the call that it sends, the domains that it sends with calls, the events that
// it knows, and the check of what it accepts as an answer. It knows neither Lua nor HTTP.
package rasa
