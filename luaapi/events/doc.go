// Package events is the module events: one builder for each event that an action can return. What there is to build is data
// of the package rasa.
package events
