// Command go-host is luaction with a shop of its own: scripts ask it for prices and place orders.
package main

import (
	"os"
	"time"

	"github.com/luaction/luaction/host"
)

func main() { os.Exit(host.Main(host.Options{Values: values(NewShop())})) }

// values are what scripts know of this program.
func values(shop *Shop) map[string]host.Value {
	return map[string]host.Value{
		// One call at a time is in the shop, so that it needs no lock of its own.
		"shop": {Go: shop, Methods: []string{"Articles", "Find", "Order", "Discounted"}, Doc: "The shop's articles and orders."},
		// A function is called by the name itself. It keeps nothing, so that any number of calls may run it.
		"working_days": {Go: workingDays, Concurrent: true, Doc: "The day so many working days later."},
	}
}

// workingDays counts on from a day, without Saturdays and Sundays.
func workingDays(from time.Time, days uint8) time.Time {
	for days > 0 {
		from = from.AddDate(0, 0, 1)
		if from.Weekday() != time.Saturday && from.Weekday() != time.Sunday {
			days--
		}
	}
	return from
}
