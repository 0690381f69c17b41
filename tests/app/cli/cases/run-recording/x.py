pmtrace 2
python 3.13.0
