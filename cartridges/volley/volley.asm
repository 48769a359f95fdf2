; Volley - a game for the Atari 2600 with a joystick, after Pong.
;
; Assemble in this folder: dasm volley.asm -f3 -ovolley.bin
;
; For readers who know C# but not this machine: ../bricks/bricks.asm opens with a few words on it.

        PROCESSOR 6502
        INCLUDE "../include/tia.inc"
        INCLUDE "../include/frame.inc"

; ---- Geometry, in lines and pixels of the picture ----------------------------------------------------------------------------

SCORE_TOP       = 4
SCORE_LINES     = 4                     ; of a row of a digit
CEILING_TOP     = 32
WALL_LINES      = 7
FIELD_TOP       = CEILING_TOP + WALL_LINES + 1
FIELD_BOTTOM    = 184                   ; first line of the floor

OPPONENT_LEFT   = 16
PLAYER_LEFT     = 140
PADDLE_WIDTH    = 4
PADDLE_HEIGHT   = 20
PADDLE_LOWEST   = FIELD_BOTTOM - PADDLE_HEIGHT
PADDLE_MIDDLE   = (FIELD_TOP + PADDLE_LOWEST) / 2

BALL_WIDTH      = 4
BALL_HEIGHT     = 6
BALL_LOWEST     = FIELD_BOTTOM - BALL_HEIGHT

OUT_LEFT        = 6                     ; a ball left of this is out
OUT_RIGHT       = 151                   ; and one from here on

NET_LEFT        = 79
NET_DASH        = 8                     ; lines, and lines of the gap

; ---- Rules -------------------------------------------------------------------------------------------------------------------

POINTS_TO_WIN   = $21                   ; BCD
SERVE_FRAMES    = 60                    ; after which the ball is served without FIRE
SERVE_COLUMN    = 78
SERVE_TOP       = 64                    ; highest line of a serve; the lowest is 63 more
PLAYER_SPEED    = 3                     ; lines in a frame
OPPONENT_SPEED  = $0120                 ; lines in a frame, 8 bits after the point
HITS_TO_SPEED_UP = 4
FASTEST         = 3                     ; highest level of speed

; Bits of SWCHA.
STICK_UP        = %00010000
STICK_DOWN      = %00100000
STICK_LEFT      = %01000000
STICK_RIGHT     = %10000000

; ---- Colours -----------------------------------------------------------------------------------------------------------------

BALL_COLOUR     = $0E
WALL_COLOUR     = $08
NET_COLOUR      = $04
OPPONENT_COLOUR = $3A
PLAYER_COLOUR   = $CA
OVER_COLOUR     = $42                   ; of the walls, when the game is over

; ---- RAM ---------------------------------------------------------------------------------------------------------------------

        SEG.U variables
        ORG $80

; What others read, at addresses that stay: see README.md.
PlayerScore     .byte                   ; $80: two decimal digits (BCD)
OpponentScore   .byte                   ; $81: BCD
Hits            .byte                   ; $82: in this rally, by both
Started         .byte                   ; $83: 1 since RESET was first pressed
GameOver        .byte                   ; $84: 1 when one has 21 points
InPlay          .byte                   ; $85: 1 while the ball is in play, 0 before the serve
BallX           .byte                   ; $86: left pixel of the ball
BallY           .byte                   ; $87: top line of the ball, 40..178
PlayerY         .byte                   ; $88: top line of the right paddle, 40..164
OpponentY       .byte                   ; $89: top line of the left paddle, 40..164
GoesLeft        .byte                   ; $8A: 0 right, 1 left; before the serve: to whom it will go
GoesUp          .byte                   ; $8B: 0 down, 1 up
Speed           .byte                   ; $8C: level of speed, 0..3
ServeTimer      .byte                   ; $8D: frames until the serve

; What the program needs for itself.
BallXFraction   .byte                   ; positions and speeds have 8 bits after the point
BallYFraction   .byte
OpponentYFraction .byte
SpeedX          .byte                   ; pixels in a frame
SpeedXFraction  .byte
SpeedY          .byte                   ; lines in a frame
SpeedYFraction  .byte
Angle           .byte                   ; 0 flat .. 3 steep
Aim             .byte                   ; where the opponent wants to meet the ball: lines from its paddle's top to the ball's
Random          .byte                   ; changes with every frame, never 0
BallShape       .word                   ; pointers: Shape[line] is the object's bits on that line
PlayerShape     .word
OpponentShape   .word
WallColour      .byte
SoundFrames     .byte                   ; left of the sound
OldBallY        .byte                   ; position before the move
OldBallYFraction .byte
Contact         .byte
Tens            .byte                   ; offsets of the digits to draw
Ones            .byte
Rows            .byte                   ; address of the score's rows to fill

; Rows of the scores as playfield bytes.
ScoreLeft       ds 5
ScoreRight      ds 5

        ECHO "Volley: RAM used up to", *, "; the stack grows down from $FF"

; ---- Program -------------------------------------------------------------------------------------------------------------------

        SEG program
        ORG $F000

Start SUBROUTINE
        sei
        cld
        ldx #0                          ; clear TIA registers and RAM: addresses 0..$FF
        txa
.clear  dex
        txs
        pha                             ; the stack pointer walks down with X, and ends at $FF
        bne .clear

        lda #%00010000                  ; missile 0, the net: 2 pixels
        sta NUSIZ0
        lda #%00100100                  ; ball of 4 pixels, in front of all else
        sta CTRLPF
        lda #PLAYER_COLOUR
        sta COLUP1
        lda #WALL_COLOUR
        sta WallColour
        lda #1
        sta Random
        lda #SERVE_COLUMN
        sta BallX
        lda #PADDLE_MIDDLE
        sta PlayerY
        sta OpponentY

        lda #BEAM_OFF
        sta VBLANK
        lda #OPPONENT_LEFT - 2          ; what never moves sideways
        ldx #0
        jsr PlaceObject
        lda #PLAYER_LEFT - 2
        ldx #1
        jsr PlaceObject
        lda #NET_LEFT - 1
        ldx #2
        jsr PlaceObject
        sta WSYNC
        sta HMOVE
        sta WSYNC
        sta HMCLR

NextFrame SUBROUTINE
        VERTICAL_SYNC
        START_TIMER BLANK_TIME
        lda SWCHB
        and #RESET_SWITCH
        bne .play
        jsr NewGame
        jmp .thought
.play   jsr Play
.thought
        jsr PointAtObjects
        WAIT_FOR_TIMER

        ldx BallX
        dex
        txa
        ldx #4
        jsr PlaceObject
        sta WSYNC
        sta HMOVE
        ldx #4                          ; the rest of the blank
.blank  sta WSYNC
        dex
        bne .blank

; ---- The picture -----------------------------------------------------------------------------------------------------------------

        stx VBLANK
        ldy #0                          ; Y is the line throughout
.above  sta WSYNC
        iny
        cpy #SCORE_TOP
        bne .above

.score  sta WSYNC                       ; X, 0 at first, is the row of the digits
        lda ScoreLeft,x                 ;  4
        sta PF1                         ;  7
        lda #OPPONENT_COLOUR            ;  9
        sta COLUPF                      ; 12
        iny                             ; 14
        jsr Wait12                      ; 26
        jsr Wait12                      ; 38
        lda ScoreRight,x                ; 42
        sta PF1                         ; 45, allowed 39..54
        lda #PLAYER_COLOUR              ; 47
        sta COLUPF                      ; 50, allowed 39..54
        tya
        and #SCORE_LINES - 1
        bne .score
        inx
        cpx #DIGIT_ROWS
        bne .score

.below  sta WSYNC
        lda #0
        sta PF1
        iny
        cpy #CEILING_TOP
        bne .below

        jsr DrawWall
        lda #BALL_COLOUR
        sta COLUPF
        lda (BallShape),y

.field  sta WSYNC
        sta ENABL                       ;  3
        lda (OpponentShape),y           ;  9
        sta GRP0                        ; 12
        lda #OPPONENT_COLOUR            ; 14
        sta COLUP0                      ; 17
        lda (PlayerShape),y             ; 23
        sta GRP1                        ; 26
        tya                             ; 28
        and #NET_DASH                   ; 30: 8 or 0
        lsr                             ; 32
        lsr                             ; 34: 2 or 0
        sta ENAM0                       ; 37, before the net at 49
        lda #NET_COLOUR                 ; 39
        sta COLUP0                      ; 42: right of the opponent's paddle, which shares the register
        iny
        lda (BallShape),y
        cpy #FIELD_BOTTOM
        bne .field

        jsr DrawWall

; ---- Overscan --------------------------------------------------------------------------------------------------------------------

        sta WSYNC
        START_TIMER OVERSCAN_TIME
        lda #BEAM_OFF
        sta VBLANK
        jsr NextRandom
        jsr PrepareScores
        jsr FadeSound
        WAIT_FOR_TIMER
        jmp NextFrame

; Seven lines of wall and one of nothing. All is written before the beam comes to the picture, at cycle 22.7.
DrawWall SUBROUTINE
        ldx #WALL_LINES
.line   lda WallColour
        sta WSYNC
        sta COLUPF                      ;  3
        lda #$FF                        ;  5
        sta PF0                         ;  8
        sta PF1                         ; 11
        sta PF2                         ; 14
        lda #0                          ; 16
        sta ENABL                       ; 19
        sta GRP0                        ; 22
        sta GRP1
        sta ENAM0
        iny
        dex
        bne .line
        sta WSYNC
        sta PF0
        sta PF1
        sta PF2
        iny
        rts

; A call and a return take 12 cycles.
Wait12  rts

; ---- The course of the game ------------------------------------------------------------------------------------------------------

NewGame SUBROUTINE
        lda #0
        sta PlayerScore
        sta OpponentScore
        sta GameOver
        sta SoundFrames
        sta GoesLeft                    ; the first serve goes to the player
        lda #1
        sta Started
        lda #WALL_COLOUR
        sta WallColour
        lda #PADDLE_MIDDLE
        sta PlayerY
        sta OpponentY                   ; and on into PrepareServe

PrepareServe SUBROUTINE
        lda #0
        sta InPlay
        lda #SERVE_FRAMES
        sta ServeTimer
        rts

Play SUBROUTINE
        lda Started
        beq .idle
        lda GameOver
        bne .idle
        jsr MovePlayer
        jsr MoveLeftPaddle
        lda InPlay
        beq .wait
        jsr MoveY
        jmp MoveX
.wait   dec ServeTimer
        beq .serve
        bit INPT4                       ; bit 7: the button, 0 is pressed
        bmi .idle
.serve  jmp Serve
.idle   rts

; From the net, at a height and in a direction that depend on the moment; to the side that lost the last point.
Serve SUBROUTINE
        lda #SERVE_COLUMN
        sta BallX
        lda Random
        eor PlayerY
        and #%00111111
        clc
        adc #SERVE_TOP
        sta BallY
        lda Random
        asl
        lda #0
        sta Hits
        sta Speed
        sta BallXFraction
        sta BallYFraction
        rol                             ; the bit that was shifted out
        sta GoesUp
        lda Random
        and #1
        sta Angle                       ; flat or less so
        lda #BALL_IN_MIDDLE
        sta Aim
        inc InPlay                      ; and on into SetSpeed

; Speeds for the level and the angle.
SetSpeed SUBROUTINE
        lda Speed
        asl
        asl
        ora Angle
        tax
        lda PixelsPerFrame,x
        sta SpeedX
        lda PixelsPerFrameFraction,x
        sta SpeedXFraction
        lda LinesPerFrame,x
        sta SpeedY
        lda Random                      ; a little chance, so that no rally goes on for ever
        and #%00111111
        clc
        adc LinesPerFrameFraction,x
        sta SpeedYFraction
        bcc .set
        inc SpeedY
.set    rts

; Up and right move up, down and left move down; both together stay. When the stick is held is what makes games differ.
MovePlayer SUBROUTINE
        lda SWCHA
        ora #%00001111                  ; the other stick's bits
        cmp #$FF
        beq .set                        ; nothing is pressed
        lda Random
        eor PlayerY
        beq .move                       ; 0 would stay 0 for ever
        sta Random
.move   ldy SWCHA
        ldx #0
        jsr MovePaddle
.set    rts

; Moves a paddle as a stick says. Y: the stick's bits, where the left stick has them; X: 0 for the right paddle,
; LEFT_PADDLE for the left one.
LEFT_PADDLE     = OpponentY - PlayerY

MovePaddle SUBROUTINE
        tya
        and #STICK_UP | STICK_RIGHT
        cmp #STICK_UP | STICK_RIGHT     ; 0 is pressed
        beq .down
        lda PlayerY,x
        sec
        sbc #PLAYER_SPEED
        cmp #FIELD_TOP
        bcs .up
        lda #FIELD_TOP
.up     sta PlayerY,x
.down   tya
        and #STICK_DOWN | STICK_LEFT
        cmp #STICK_DOWN | STICK_LEFT
        beq .set
        lda PlayerY,x
        clc
        adc #PLAYER_SPEED
        cmp #PADDLE_LOWEST
        bcc .low
        lda #PADDLE_LOWEST
.low    sta PlayerY,x
.set    rts

; With the right difficulty switch at A a second player moves the left paddle, with the right stick.
MoveLeftPaddle SUBROUTINE
        bit SWCHB                       ; bit 7: the right difficulty switch, 1 is A
        bpl MoveOpponent
        lda SWCHA
        asl                             ; the right stick's bits, to where the left one has them
        asl
        asl
        asl
        tay
        ldx #LEFT_PADDLE
        bne MovePaddle                  ; always

; The opponent follows the ball while it comes, and goes to the middle while it leaves: at a fixed speed, and without thinking of
; where the ball will bounce.
MoveOpponent SUBROUTINE
        lda #PADDLE_MIDDLE
        ldx InPlay
        beq .aim
        ldx GoesLeft
        beq .aim
        lda BallY                       ; at least 40, so there is no borrow
        sec
        sbc Aim
.aim    sec
        sbc OpponentY
        bcs .below
        cmp #-1
        beq .there                      ; a line more or less is good enough, and it would not stand still for less
        lda OpponentYFraction
        sec
        sbc #<OPPONENT_SPEED
        sta OpponentYFraction
        lda OpponentY
        sbc #>OPPONENT_SPEED
        cmp #FIELD_TOP
        bcs .set
        lda #FIELD_TOP
        bne .set                        ; always

.below  cmp #2
        bcc .there
        lda OpponentYFraction
        clc
        adc #<OPPONENT_SPEED
        sta OpponentYFraction
        lda OpponentY
        adc #>OPPONENT_SPEED
        cmp #PADDLE_LOWEST
        bcc .set
        lda #PADDLE_LOWEST
.set    sta OpponentY
.there  rts

MoveY SUBROUTINE
        lda BallY
        sta OldBallY
        lda BallYFraction
        sta OldBallYFraction
        ldx GoesUp
        bne .up

        clc
        adc SpeedYFraction
        sta BallYFraction
        lda BallY
        adc SpeedY
        sta BallY
        cmp #BALL_LOWEST + 1
        bcs .wall
        rts

.up     sec
        sbc SpeedYFraction
        sta BallYFraction
        lda BallY
        sbc SpeedY
        sta BallY
        cmp #FIELD_TOP
        bcc .wall
        rts

.wall   lda OldBallY
        sta BallY
        lda OldBallYFraction
        sta BallYFraction
        lda GoesUp
        eor #1
        sta GoesUp
        ldx #SOUND_WALL
        jmp StartSound

MoveX SUBROUTINE
        lda BallXFraction
        ldx GoesLeft
        bne .left

        clc
        adc SpeedXFraction
        sta BallXFraction
        lda BallX
        adc SpeedX
        sta BallX
        cmp #OUT_RIGHT
        bcs .opponentScores
        cmp #PLAYER_LEFT - BALL_WIDTH + 1
        bcc .done
        cmp #PLAYER_LEFT + PADDLE_WIDTH
        bcs .done
        lda PlayerY
        jsr Meet
        bcs .done
        lda #PLAYER_LEFT - BALL_WIDTH
        sta BallX
        inc GoesLeft
        lda Random                      ; where the opponent will try to meet the ball: the middle and 7 lines around
        and #%00001111
        clc
        adc #BALL_IN_MIDDLE - 7
        sta Aim
        rts

.left   sec
        sbc SpeedXFraction
        sta BallXFraction
        lda BallX
        sbc SpeedX
        sta BallX
        cmp #OUT_LEFT
        bcc .playerScores
        cmp #OPPONENT_LEFT - BALL_WIDTH + 1
        bcc .done
        cmp #OPPONENT_LEFT + PADDLE_WIDTH
        bcs .done
        lda OpponentY
        jsr Meet
        bcs .done
        lda #OPPONENT_LEFT + PADDLE_WIDTH
        sta BallX
        dec GoesLeft
.done   rts

.playerScores
        ldx #0
        beq .score                      ; always
.opponentScores
        ldx #OpponentScore - PlayerScore
.score  sed                             ; decimal addition
        clc
        lda PlayerScore,x
        adc #1
        sta PlayerScore,x
        cld
        cmp #POINTS_TO_WIN
        bne .serve
        inc GameOver
        lda #OVER_COLOUR
        sta WallColour
.serve  lda #SERVE_COLUMN
        sta BallX
        txa
        eor #1
        sta GoesLeft                    ; the loser gets the serve
        ldx #SOUND_POINT
        jsr StartSound
        jmp PrepareServe

; Does the ball meet the paddle whose top is A? Carry clear says so; then the ball has its new angle and speed.
Meet SUBROUTINE
        sec
        sbc #BALL_HEIGHT - 1
        sta Contact
        lda BallY
        sec
        sbc Contact                     ; 0: the ball's lowest line is at the paddle's highest
        bcc .miss
        cmp #CONTACTS
        bcs .miss
        tax
        lda ContactAngles,x
        sta Angle
        cpx #CONTACT_MIDDLE
        beq .straight                   ; goes on up or down as it did
        lda #0
        bcs .below
        lda #1
.below  sta GoesUp
.straight
        ldx #SOUND_PADDLE
        jsr StartSound
        inc Hits
        lda Hits
        and #HITS_TO_SPEED_UP - 1
        bne .speed
        lda Speed
        cmp #FASTEST
        beq .speed
        inc Speed
.speed  jsr SetSpeed
        clc
        rts
.miss   sec
        rts

; ---- Helpers ---------------------------------------------------------------------------------------------------------------------

; Shape + line has to be the object's first byte on its top line. A ball that is not in play is shown nowhere.
PointAtObjects SUBROUTINE
        lda #<PaddlePixels
        sec
        sbc PlayerY
        sta PlayerShape
        lda #>PaddlePixels
        sbc #0
        sta PlayerShape + 1
        lda #<PaddlePixels
        sec
        sbc OpponentY
        sta OpponentShape
        lda #>PaddlePixels
        sbc #0
        sta OpponentShape + 1

        ldx BallY
        ldy InPlay
        bne .shown
        ldx #FIELD_TOP - BALL_HEIGHT    ; above the field
.shown  stx BallShape
        lda #<BallPixels
        sec
        sbc BallShape
        sta BallShape
        lda #>BallPixels
        sbc #0
        sta BallShape + 1
        rts

; Rows of the digits as playfield bytes.
PrepareScores SUBROUTINE
        lda OpponentScore
        ldx #ScoreLeft
        jsr .prepare
        lda PlayerScore
        ldx #ScoreRight                 ; and on

.prepare
        stx Rows
        pha
        and #$0F
        tax
        lda DigitOffsets,x
        sta Ones
        pla
        lsr
        lsr
        lsr
        lsr
        tax
        lda DigitOffsets,x
        bne .tens
        lda #NO_DIGIT
.tens   sta Tens

        lda Rows
        clc
        adc #DIGIT_ROWS - 1
        tay                             ; digits are stored from the lowest row up
.row    ldx Tens
        lda Digits,x
        and #$F0
        sta $00,y
        ldx Ones
        lda Digits,x
        and #$0F
        ora $00,y
        sta $00,y
        inc Tens
        inc Ones
        dey
        cpy Rows
        bcs .row
        rts

        INCLUDE "../include/chance.inc"
        INCLUDE "../include/sound.inc"
        INCLUDE "../include/position.inc"

; ---- Data ----------------------------------------------------------------------------------------------------------------------

        INCLUDE "../include/digits.inc"

; Contact point, 0 to 24 -> angle: the farther from the paddle's middle, the steeper.
CONTACTS        = PADDLE_HEIGHT + BALL_HEIGHT - 1
CONTACT_MIDDLE  = CONTACTS / 2
ContactAngles   .byte 3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3

; Lines from the top of a paddle to the top of a ball that meets its middle.
BALL_IN_MIDDLE  = (PADDLE_HEIGHT - BALL_HEIGHT) / 2

; Speeds by level and angle. The edges of a paddle make the ball steep and a little faster.
PixelsPerFrame
        .byte 1, 1, 1, 2
        .byte 2, 2, 2, 2
        .byte 2, 2, 2, 3
        .byte 3, 3, 3, 3
PixelsPerFrameFraction
        .byte $80, $80, $C0, $00
        .byte $00, $00, $40, $80
        .byte $80, $80, $C0, $00
        .byte $00, $00, $40, $80
LinesPerFrame
        .byte 0, 0, 1, 2
        .byte 0, 1, 1, 2
        .byte 0, 1, 2, 2
        .byte 0, 1, 2, 3
LinesPerFrameFraction
        .byte $40, $C0, $80, $00
        .byte $40, $00, $C0, $40
        .byte $60, $20, $00, $80
        .byte $60, $40, $20, $00

SOUND_PADDLE    = 0
SOUND_WALL      = 1
SOUND_POINT     = 2
SoundWaves      .byte 4, 4, 12
SoundPitches    .byte 15, 24, 20
SoundLengths    .byte 6, 4, 20

; Columns of the ball and of a paddle with nothing above and below: the pointers are set so that the object comes on its line.
        ds 140, 0
BallPixels
        ds BALL_HEIGHT, %10
        ds 152, 0
PaddlePixels
        ds PADDLE_HEIGHT, %11110000
        ds 146, 0

        ECHO "Volley: free program bytes", $FFFA - *

        ORG $FFFA
        .word Start                     ; not used: the 6507 has no interrupt lines
        .word Start                     ; RESET
        .word Start
