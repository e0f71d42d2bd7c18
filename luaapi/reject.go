package luaapi

// Rejection is the reason of a call that its script rejected; Message is "" for the reference's own text.
type Rejection struct{ Message string }

// Error returns the message.
func (r *Rejection) Error() string { return "rejected: " + r.Message }

// Reject is the module of reject.
func Reject(s *Session) Module {
	return Module{
		Name: "reject", Only: true,
		Doc: "Ends the action as rejected.",
		Members: []Member{{
			Name:    "reject",
			Params:  []Param{{Name: "message", Type: "string", Optional: true}},
			Doc:     "Ends the action at once: Rasa lets other policies decide what comes next, and nothing that was said or set goes out. No pcall holds it up.",
			Example: `if tracker:get_slot("account") == nil then reject("no account yet") end`,
			Func: func(a Args) int {
				s.State.Meter().Leave(a.L, &Rejection{Message: a.String(1)})
				return 0
			},
		}},
	}
}
